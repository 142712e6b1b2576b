package dev.foreignarch.arch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apiguardian.api.API.Status.INTERNAL;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * What an executable file says of itself.
 *
 * @param identity the machine that it is for
 * @param type what kind of file it is ({@code e_type}): {@link #EXECUTABLE}, {@link #SHARED} or another
 * @param loader the dynamic loader that it asks for; nothing if it is statically linked
 * @param length how many bytes of the file its segments need; a shorter file is cut off
 */
@API(status = INTERNAL, since = "0.1")
public record ElfFile(ElfIdentity identity, int type, Optional<String> loader, long length) {

    /** A program at a fixed address ({@code ET_EXEC}). */
    public static final int EXECUTABLE = 2;

    /** A library, or a program that runs at any address ({@code ET_DYN}). */
    public static final int SHARED = 3;

    private static final int PT_INTERP = 3;
    private static final int TYPE = 16;

    /**
     * Read a file.
     *
     * @param content the file, or enough of its beginning to hold the program headers and the loader's name
     * @return the file's properties, or nothing if it is no ELF file or is cut off
     */
    public static Optional<ElfFile> read(byte[] content) {
        return ElfIdentity.read(content).flatMap(identity -> {
            try {
                return Optional.of(read(content, identity));
            } catch (IndexOutOfBoundsException | ArithmeticException cutOff) {
                return Optional.empty();
            }
        });
    }

    private static ElfFile read(byte[] content, ElfIdentity identity) {
        boolean wide = identity.bits() == 64;
        ByteBuffer elf = ByteBuffer.wrap(content).order(identity.order());
        int table = Math.toIntExact(wide ? elf.getLong(32) : elf.getInt(28));
        int size = Short.toUnsignedInt(elf.getShort(wide ? 54 : 42));
        int count = Short.toUnsignedInt(elf.getShort(wide ? 56 : 44));
        Optional<String> loader = Optional.empty();
        long end = table + (long) count * size;
        for (int number = 0; number < count; number++) {
            int header = table + number * size;
            long offset = wide ? elf.getLong(header + 8) : Integer.toUnsignedLong(elf.getInt(header + 4));
            long length = wide ? elf.getLong(header + 32) : Integer.toUnsignedLong(elf.getInt(header + 16));
            if (elf.getInt(header) == PT_INTERP) {
                // The name ends in a NUL.
                loader = Optional.of(new String(content, Math.toIntExact(offset), Math.toIntExact(length) - 1, UTF_8));
            }
            end = Math.max(end, offset + length);
        }
        return new ElfFile(identity, Short.toUnsignedInt(elf.getShort(TYPE)), loader, end);
    }
}
