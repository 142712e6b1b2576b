package dev.foreignarch.samples;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.jupiter.ForeignArch;
import dev.foreignarch.jupiter.ForeignArchTest;
import dev.foreignarch.jupiter.ForeignContainer;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.Transferable;

/** A program with a wrong assumption, and the architecture that reveals it. */
class ByteOrderTests {

    /** Takes the first four bytes for one number (x4), but writes down that number as a little-endian machine has it. */
    private static final String IS_ZIP = """
            #!/bin/sh
            test $(od -An -tx4 -N4 "$1") = 04034b50
            """;

    @ForeignContainer
    GenericContainer<?> machine = new GenericContainer<>("busybox:1.36")
            .withCommand("sleep", "infinity")
            .withCopyToContainer(Transferable.of(IS_ZIP, 0755), "/bin/is-zip")
            .withCopyToContainer(Transferable.of("PK\3\4"), "/archive.zip");

    @ForeignArchTest({"arm64v8", "arm32v7", "ppc64le"})
    void recognizesArchive() throws Exception {
        int status = machine.execInContainer("is-zip", "/archive.zip").getExitCode();

        assertEquals(0, status);
    }

    /**
     * The same test fails on a big-endian machine, where the four bytes are the number 504b0304.
     *
     * <p>In a project of yours s390x would stand in the list above, and the failure would send you to line 2 of the
     * script. Here the bug stays, so that you can see it.
     */
    @Test
    @ForeignArch("s390x")
    void bigEndianMachineRevealsAssumption() {
        AssertionFailedError failure = assertThrows(AssertionFailedError.class, this::recognizesArchive);

        assertEquals("expected: <0> but was: <1>", failure.getMessage());
    }

    /** What each machine makes of the four bytes, taken for a number. */
    @ForeignArchTest({"arm64v8", "arm32v7", "ppc64le", "s390x"})
    void numberDependsOnByteOrder(Architecture architecture) throws Exception {
        String number = architecture.byteOrder() == BIG_ENDIAN ? "504b0304" : "04034b50";

        assertEquals(number, machineDump("x4"));
    }

    /** The remedy: single bytes (x1) are the same everywhere. */
    @ForeignArchTest({"arm64v8", "arm32v7", "ppc64le", "s390x"})
    void bytesDoNotDependOnByteOrder() throws Exception {
        assertEquals("50 4b 03 04", machineDump("x1"));
    }

    private String machineDump(String format) throws Exception {
        return machine.execInContainer("od", "-An", "-t" + format, "-N4", "/archive.zip")
                .getStdout()
                .strip();
    }
}
