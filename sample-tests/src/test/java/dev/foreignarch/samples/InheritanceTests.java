package dev.foreignarch.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foreignarch.arch.Architecture;
import org.junit.jupiter.api.Test;

/** Architectures and containers are inherited: see {@link OnServers}. */
class InheritanceTests extends OnServers {

    @Test
    void runsOnArchitecturesOfSuperclass(Architecture architecture) throws Exception {
        String wordSize =
                machine.execInContainer("getconf", "LONG_BIT").getStdout().strip();

        assertEquals(architecture.bits(), Integer.parseInt(wordSize));
    }
}
