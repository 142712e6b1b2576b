package dev.foreignarch.samples.program;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.jupiter.ForeignArch;
import dev.foreignarch.jupiter.ForeignProgram;
import dev.foreignarch.program.Program;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a C program sees of its machine. The build (host/cross-programs.sh) compiles it for each architecture. */
@Tag("cross-compiled")
@ForeignArch({"arm32v5", "arm32v6", "arm32v7", "arm64v8", "i386", "mips64le", "ppc64le", "riscv64", "s390x"})
class MachineTests {

    private static final Set<Architecture> SIGNED_CHAR = EnumSet.of(Architecture.I386, Architecture.MIPS64LE);

    @ForeignProgram("target/programs/{docker}/machine")
    Program machine;

    @Test
    void differs(Architecture architecture) {
        String order = architecture == Architecture.S390X ? "big" : "little";
        String alignment = architecture == Architecture.I386 ? "4" : "8";
        String sign = SIGNED_CHAR.contains(architecture) ? "signed" : "unsigned";
        String longDouble = switch (architecture) {
            case ARM32V5, ARM32V6, ARM32V7 -> "8";
            case I386 -> "12";
            default -> "16";
        };

        String expected = """
                word %d bits
                order %s
                double aligned to %s
                char %s
                long double %s bytes
                """.formatted(architecture.bits(), order, alignment, sign, longDouble);
        assertEquals(expected, machine.run().orThrow().stdout());
    }
}
