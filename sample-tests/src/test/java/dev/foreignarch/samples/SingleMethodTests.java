package dev.foreignarch.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.jupiter.ForeignArch;
import dev.foreignarch.jupiter.ForeignArchTest;
import dev.foreignarch.jupiter.ForeignContainer;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;

/** Foreign tests among ordinary ones. */
class SingleMethodTests {

    @Test
    void ordinaryTest() {
        assertEquals("hello", "HELLO".toLowerCase(Locale.ROOT));
    }

    @Test
    @ForeignArch("s390x")
    void onOneArchitecture(@ForeignContainer("busybox:1.36") GenericContainer<?> machine) throws Exception {
        assertEquals("s390x", machine.execInContainer("uname", "-m").getStdout().strip());
    }

    /** Takes the place of {@code @Test}, as {@code @ParameterizedTest} does. */
    @ForeignArchTest({"arm64v8", "ppc64le"})
    void onSeveralArchitectures(
            Architecture architecture, @ForeignContainer("busybox:1.36") GenericContainer<?> machine) throws Exception {
        assertEquals(
                architecture.machineName(),
                machine.execInContainer("uname", "-m").getStdout().strip());
    }
}
