package dev.foreignarch.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foreignarch.jupiter.ForeignArch;
import dev.foreignarch.jupiter.ForeignContainer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;

/** Nested classes run on the architectures of the class around them, and with its containers. */
@ForeignArch({"arm32v7", "ppc64le"})
class NestedTests {

    @ForeignContainer
    GenericContainer<?> machine = new GenericContainer<>("busybox:1.36").withCommand("sleep", "infinity");

    @Test
    void hasNoNotes() throws Exception {
        assertEquals(1, machine.execInContainer("test", "-e", "/notes").getExitCode());
    }

    @Nested
    class WithNotes {

        @BeforeEach
        void write() throws Exception {
            machine.execInContainer("sh", "-c", "echo remember > /notes");
        }

        @Test
        void readsThem() throws Exception {
            assertEquals("remember\n", machine.execInContainer("cat", "/notes").getStdout());
        }
    }
}
