package consumer;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.jupiter.ForeignArchTest;

class MethodTests {

    @ForeignArchTest({"arm64v8", "s390x"})
    void isRepeated(Architecture architecture) {
        assertTrue(architecture.dockerName().matches("arm64v8|s390x"));
    }
}
