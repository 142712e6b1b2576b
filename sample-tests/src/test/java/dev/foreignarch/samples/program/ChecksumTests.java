package dev.foreignarch.samples.program;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.jupiter.ForeignArch;
import dev.foreignarch.jupiter.ForeignProgram;
import dev.foreignarch.program.Program;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Binary data through standard input, and a mistake that shows on big-endian machines only. */
@Tag("cross-compiled")
@ForeignArch({"arm32v7", "ppc64le", "s390x"})
class ChecksumTests {

    private static final byte[] ONE_AND_TWO = {1, 0, 0, 0, 2, 0, 0, 0};

    @ForeignProgram("target/programs/{docker}/checksum")
    Program checksum;

    @Test
    void isTheSameEverywhere() {
        assertEquals(
                "00000003\n", checksum.call().input(ONE_AND_TWO).run().orThrow().stdout());
    }

    @Test
    void dependsOnByteOrderIfCareless(Architecture architecture) {
        String expected = architecture.byteOrder() == ByteOrder.BIG_ENDIAN ? "03000000\n" : "00000003\n";

        assertEquals(
                expected,
                checksum.call().input(ONE_AND_TWO).run("--careless").orThrow().stdout());
    }
}
