package dev.foreignarch.engines;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foreignarch.jupiter.ForeignArch;
import dev.foreignarch.jupiter.ForeignJvm;
import org.junit.jupiter.api.Test;

/** Run by {@link EngineRun}. */
@ForeignArch("s390x")
@ForeignJvm
class JvmTestCase {

    @Test
    void virtualMachine() {
        assertEquals("s390x", System.getProperty("os.arch"));
    }
}
