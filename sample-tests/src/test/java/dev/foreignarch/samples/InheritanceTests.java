package dev.foreignarch.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foreignarch.arch.Architecture;
import org.junit.jupiter.api.Test;

/** Architectures and containers are inherited: see {@link OnServers}. */
class InheritanceTests extends OnServers {

    @Test
    void runsOnArchitecturesOfSuperclass(Architecture architecture) throws Exception {
        String name = machine.execInContainer("dpkg", "--print-architecture").getStdout();

        assertEquals(architecture.debianName(), name.strip());
    }
}
