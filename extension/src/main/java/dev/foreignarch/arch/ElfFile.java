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
 * @param loader the dynamic loader that it asks for; nothing if it is statically linked
 */
@API(status = INTERNAL, since = "0.1")
public record ElfFile(ElfIdentity identity, Optional<String> loader) {

    private static final int PT_INTERP = 3;

    /**
     * Read a file.
     *
     * @param content the file, or enough of its beginning to hold the program headers and the loader's name
     * @return the file's properties, or nothing if it is no ELF file or is cut off
     */
    public static Optional<ElfFile> read(byte[] content) {
        return ElfIdentity.read(content).flatMap(identity -> {
            try {
                return Optional.of(new ElfFile(identity, loader(content, identity)));
            } catch (IndexOutOfBoundsException cutOff) {
                return Optional.empty();
            }
        });
    }

    private static Optional<String> loader(byte[] content, ElfIdentity identity) {
        boolean wide = identity.bits() == 64;
        ByteBuffer elf = ByteBuffer.wrap(content).order(identity.order());
        long table = wide ? elf.getLong(32) : elf.getInt(28);
        int size = elf.getShort(wide ? 54 : 42);
        int count = elf.getShort(wide ? 56 : 44);
        for (int number = 0; number < count; number++) {
            int header = Math.toIntExact(table) + number * size;
            if (elf.getInt(header) == PT_INTERP) {
                int offset = Math.toIntExact(wide ? elf.getLong(header + 8) : elf.getInt(header + 4));
                int length = Math.toIntExact(wide ? elf.getLong(header + 32) : elf.getInt(header + 16));
                // The name ends in a NUL.
                return Optional.of(new String(content, offset, length - 1, UTF_8));
            }
        }
        return Optional.empty();
    }
}
