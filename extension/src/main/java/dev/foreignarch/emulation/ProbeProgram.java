package dev.foreignarch.emulation;

import static java.util.Map.entry;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.arch.ElfIdentity;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Map;

/**
 * The smallest program of an architecture: it loads 42 and calls {@code exit}.
 *
 * <p>An exit code of 42 proves that the kernel ran the program: it is none of those that engines, shells and emulators
 * end with on their own account.
 */
final class ProbeProgram {

    static final int EXIT_CODE = 42;

    private static final int PAGE = 0x1000;
    private static final int LOADABLE = 1;
    private static final int READABLE_EXECUTABLE = 5;

    private static final Map<String, Recipe> RECIPES = Map.ofEntries(
            entry("x86_64", new Recipe(0, 0x400000, "bf2a000000 b83c000000 0f05")),
            entry("i386", new Recipe(0, 0x8048000, "bb2a000000 b801000000 cd80")),
            entry("arm", new Recipe(0x05000200, 0x10000, "2a00a0e3 0170a0e3 000000ef")),
            entry("aarch64", new Recipe(0, 0x400000, "400580d2 a80b80d2 010000d4")),
            entry("mips64el", new Recipe(0x80000007, 0x120000000L, "2a000424 c2130224 0c000000")),
            entry("ppc64le", new Recipe(2, 0x10000000, "2a006038 01000038 02000044")),
            entry("riscv64", new Recipe(0, 0x10000, "1305a002 9308d005 73000000")),
            entry("s390x", new Recipe(0, 0x1000000, "a729002a 0a010000")),
            entry("loongarch64", new Recipe(0x43, 0x120000000L, "04a88002 0b748102 00002b00")));

    private ProbeProgram() {}

    /** Return the program of an architecture as an ELF file. Versions of one architecture have the same program. */
    static byte[] of(Architecture architecture) {
        Recipe recipe = RECIPES.get(architecture.qemuTarget());
        if (recipe == null) {
            throw new IllegalStateException("no probe for " + architecture);
        }
        return recipe.executable(architecture.elf());
    }

    /**
     * What differs between architectures.
     *
     * @param flags {@code e_flags}
     * @param base address that the file is loaded at
     * @param code the machine code, as hexadecimal bytes
     */
    private record Recipe(int flags, long base, String code) {

        /** Make a static executable of one segment, whose code follows the headers. */
        byte[] executable(ElfIdentity identity) {
            byte[] instructions = HexFormat.of().parseHex(code.replace(" ", ""));
            boolean wide = identity.bits() == 64;
            int fileHeader = wide ? 64 : 52;
            int programHeader = wide ? 56 : 32;
            int size = fileHeader + programHeader + instructions.length;
            ByteBuffer elf = ByteBuffer.allocate(size).order(identity.order());
            elf.put(identity.magic()).putInt(1);
            putWords(elf, wide, base + fileHeader + programHeader, fileHeader, 0);
            elf.putInt(flags).putShort((short) fileHeader).putShort((short) programHeader);
            elf.putShort((short) 1).putShort((short) 0).putShort((short) 0).putShort((short) 0);
            elf.putInt(LOADABLE);
            if (wide) {
                elf.putInt(READABLE_EXECUTABLE);
            }
            putWords(elf, wide, 0, base, base, size, size);
            if (!wide) {
                elf.putInt(READABLE_EXECUTABLE);
            }
            putWords(elf, wide, PAGE);
            return elf.put(instructions).array();
        }

        private static void putWords(ByteBuffer elf, boolean wide, long... words) {
            for (long word : words) {
                if (wide) {
                    elf.putLong(word);
                } else {
                    elf.putInt((int) word);
                }
            }
        }
    }
}
