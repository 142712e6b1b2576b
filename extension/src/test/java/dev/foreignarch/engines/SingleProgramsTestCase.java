package dev.foreignarch.engines;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foreignarch.jupiter.ForeignArch;
import dev.foreignarch.jupiter.ForeignContainer;
import dev.foreignarch.jupiter.ForeignProgram;
import dev.foreignarch.program.Program;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;

/** Run by {@link EngineRun}: nothing that starts a second foreign program. */
@ForeignArch("s390x")
class SingleProgramsTestCase {

    @ForeignContainer
    @SuppressWarnings("resource") // the extension stops it
    final GenericContainer<?> box = new GenericContainer<>("busybox:1.36")
            .withCommand("uname", "-m")
            .withStartupCheckStrategy(new OneShotStartupCheckStrategy());

    @ForeignProgram("target/engines/busybox-{docker}")
    Program busybox;

    @Test
    void container() {
        assertEquals("s390x\n", box.getLogs());
    }

    @Test
    void program() {
        assertEquals("s390x\n", busybox.run("uname", "-m").orThrow().stdout());
    }
}
