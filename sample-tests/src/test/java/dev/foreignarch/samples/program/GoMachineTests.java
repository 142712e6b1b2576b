package dev.foreignarch.samples.program;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.jupiter.DisabledOnForeignArch;
import dev.foreignarch.jupiter.ForeignArch;
import dev.foreignarch.jupiter.ForeignProgram;
import dev.foreignarch.program.Program;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a Go program sees of its machine. The build (host/cross-programs.sh) compiles it, by GOARCH alone. */
@Tag("cross-compiled")
@ForeignArch({"arm32v5", "arm32v6", "arm32v7", "arm64v8", "i386", "mips64le", "ppc64le", "riscv64", "s390x"})
class GoMachineTests {

    @ForeignProgram("target/programs/{docker}/go-machine")
    Program machine;

    @Test
    @DisabledOnForeignArch(
            value = "i386",
            reason = "QEMU 7.2 does not run Go's threads on i386: \"fatal: bad g in signal handler\" most of the time")
    void differs(Architecture architecture) {
        String name = switch (architecture) {
            case ARM32V5, ARM32V6, ARM32V7 -> "arm";
            case ARM64V8 -> "arm64";
            default -> architecture.dockerName();
        };
        String expected = """
                go %s
                word %d bits
                order %s
                float64 aligned to %d
                goroutine 42
                """.formatted(
                        name,
                        architecture.bits(),
                        architecture == Architecture.S390X ? "big" : "little",
                        architecture.bits() / Byte.SIZE);
        assertEquals(expected, machine.run("one").orThrow().stdout());
    }
}
