package dev.foreignarch.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A class that knows nothing of architectures. */
class WholeModuleTestCase {

    @Test
    void theJvmIsOfTheArchitecture() {
        assertEquals("s390x", System.getProperty("os.arch"));
    }

    @Test
    void theWorkingDirectoryIsTheModulesOwn() throws Exception {
        assertTrue(Files.exists(Path.of("pom.xml")));
        Files.writeString(Path.of("target/written"), "by a test");
    }

    @Test
    void variablesArrive() {
        assertEquals("two words", System.getenv("MODULE_VARIABLE"));
    }

    @Test
    void propertiesArrive() {
        assertEquals("value", System.getProperty("module.property"));
    }

    @Test
    void assumesLittleEndian() {
        assertEquals(ByteOrder.LITTLE_ENDIAN, ByteOrder.nativeOrder());
    }
}
