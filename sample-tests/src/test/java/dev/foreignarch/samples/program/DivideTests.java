package dev.foreignarch.samples.program;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foreignarch.jupiter.ForeignArch;
import dev.foreignarch.jupiter.ForeignProgram;
import dev.foreignarch.program.Program;
import dev.foreignarch.program.ProgramResult;
import dev.foreignarch.program.Signal;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A program with an instruction that not all ARM processors have. Without a CPU model it would pass on all of them. */
@Tag("cross-compiled")
class DivideTests {

    @Test
    @ForeignArch("arm32v7")
    void divides(@ForeignProgram("target/programs/{docker}/divide") Program divide) {
        assertEquals("42\n", divide.run("84", "2").orThrow().stdout());
    }

    @Test
    @ForeignArch("arm32v6")
    void isIllegalOnOldRaspberryPi(@ForeignProgram("target/programs/{docker}/divide") Program divide) {
        ProgramResult result = divide.run("84", "2");

        assertEquals(Optional.of(Signal.ILLEGAL_INSTRUCTION), result.signal());
        assertEquals(132, result.exitCode());
    }

    @Test
    @ForeignArch(value = "arm32v7", cpu = "cortex-a8")
    void isIllegalOnBeagleBone(@ForeignProgram("target/programs/{docker}/divide") Program divide) {
        assertEquals(
                Optional.of(Signal.ILLEGAL_INSTRUCTION), divide.run("84", "2").signal());
    }
}
