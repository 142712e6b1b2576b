package dev.foreignarch.arch;

import static java.util.stream.Collectors.joining;
import static org.apiguardian.api.API.Status.EXPERIMENTAL;
import static org.apiguardian.api.API.Status.INTERNAL;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * What the header of an ELF file says about the machine that the program is for.
 *
 * <p>Architectures that differ only in their version share an identity: a program for arm/v5 and one for arm/v7 have
 * equal headers up to {@code e_flags}, and one emulator serves both.
 *
 * @param bits word size in bits, 32 or 64 ({@code EI_CLASS})
 * @param order byte order ({@code EI_DATA})
 * @param machine number of the instruction set ({@code e_machine})
 * @see <a href="https://gabi.xinuos.com/elf/02-eheader.html">System V ABI, ELF header</a>
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public record ElfIdentity(int bits, ByteOrder order, int machine) {

    /** Length in bytes of {@link #magic()} and {@link #mask()}: the header up to and including {@code e_machine}. */
    public static final int LENGTH = 20;

    private static final int OSABI = 7;
    private static final int TYPE = 16;
    private static final int MACHINE = 18;

    /**
     * Read the identity from the first bytes of a file.
     *
     * @param header at least the first {@value #LENGTH} bytes of the file
     * @return the identity, or nothing if these bytes are no ELF header
     */
    public static Optional<ElfIdentity> read(byte[] header) {
        if (header.length < LENGTH || header[0] != 0x7f || header[1] != 'E' || header[2] != 'L' || header[3] != 'F') {
            return Optional.empty();
        }
        if (header[4] < 1 || header[4] > 2 || header[5] < 1 || header[5] > 2) {
            return Optional.empty();
        }
        ByteOrder order = header[5] == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        int machine = Short.toUnsignedInt(ByteBuffer.wrap(header).order(order).getShort(MACHINE));
        return Optional.of(new ElfIdentity(header[4] * 32, order, machine));
    }

    /** Return the architectures that have this identity, or else its numbers: for people. */
    @API(status = INTERNAL, since = "0.1")
    public String describe() {
        String names = Arrays.stream(Architecture.values())
                .filter(architecture -> architecture.elf().equals(this))
                .map(Architecture::dockerName)
                .collect(joining(" or "));
        return names.isEmpty()
                ? "an architecture without a name here (ELF machine " + machine + ", " + bits + " bits, "
                        + (order == ByteOrder.BIG_ENDIAN ? "big" : "little") + "-endian)"
                : names;
    }

    /**
     * Return whether a machine of an architecture may run a program of this identity. Most 64-bit processors run the
     * programs of their 32-bit ancestors, if the kernel lets them; that can't be known from here, and counts as yes.
     *
     * @param architecture the architecture of the machine
     */
    @API(status = INTERNAL, since = "0.1")
    public boolean mayRunOn(Architecture architecture) {
        return switch (architecture) {
            case AMD64 -> isNarrowerOrEqual(architecture.elf()) || equals(Architecture.I386.elf());
            case ARM64V8 -> isNarrowerOrEqual(architecture.elf()) || equals(Architecture.ARM32V7.elf());
            default -> isNarrowerOrEqual(architecture.elf());
        };
    }

    private boolean isNarrowerOrEqual(ElfIdentity other) {
        return order == other.order && machine == other.machine && bits <= other.bits;
    }

    /**
     * Return the start of an executable file of this identity.
     *
     * @return a new array of {@value #LENGTH} bytes, with {@code e_type} {@code ET_EXEC}
     */
    public byte[] magic() {
        byte data = (byte) (order == ByteOrder.LITTLE_ENDIAN ? 1 : 2);
        ByteBuffer header = ByteBuffer.allocate(LENGTH).order(order);
        header.put(new byte[] {0x7f, 'E', 'L', 'F', (byte) (bits / 32), data, 1})
                .position(TYPE);
        return header.putShort((short) 2).putShort((short) machine).array();
    }

    /**
     * Return the bits of {@link #magic()} that matter: all but the OS ABI and the difference between {@code ET_EXEC} and
     * {@code ET_DYN}.
     *
     * @return a new array of {@value #LENGTH} bytes
     */
    public byte[] mask() {
        byte[] mask = new byte[LENGTH];
        Arrays.fill(mask, (byte) 0xff);
        mask[OSABI] = 0;
        mask[order == ByteOrder.LITTLE_ENDIAN ? TYPE : TYPE + 1] = (byte) 0xfe;
        return mask;
    }
}
