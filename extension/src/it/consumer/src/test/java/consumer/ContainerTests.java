package consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.jupiter.ForeignArch;
import dev.foreignarch.jupiter.ForeignContainer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testcontainers.containers.GenericContainer;

@ForeignArch({"arm64v8", "s390x"})
class ContainerTests {

    @BeforeEach
    void asks(Architecture architecture) {
        assertTrue(architecture.dockerName().matches("arm64v8|s390x"));
    }

    @Test
    void runsOnArchitecture(Architecture architecture, @ForeignContainer("busybox:1.36") GenericContainer<?> machine)
            throws Exception {
        assertEquals(
                architecture.machineName(),
                machine.execInContainer("uname", "-m").getStdout().strip());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void isRepeatedWithArguments(int number) {
        assertTrue(number > 0);
    }

    @Nested
    class Inside {
        @Test
        void knowsArchitecture(Architecture architecture) {
            assertTrue(architecture.dockerName().matches("arm64v8|s390x"));
        }
    }
}
