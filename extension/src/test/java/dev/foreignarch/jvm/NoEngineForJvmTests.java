package dev.foreignarch.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foreignarch.engine.HiddenEngine;
import dev.foreignarch.jupiter.ForeignArch;
import dev.foreignarch.jupiter.ForeignJvm;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Without an engine there is no foreign JVM, but each test has a result on each architecture. */
@Tag("engine")
class NoEngineForJvmTests {

    private static final String NONE = "FAILED dev.foreignarch.engine.EngineException: No container engine answers."
            + " ForeignArch runs foreign architectures in containers, on Docker or a compatible engine. Start one, or"
            + " name it with the environment variable DOCKER_HOST; 'docker info' must work for the user who runs the"
            + " tests.";

    @Test
    @Timeout(120)
    void isTheResultOfEachTest(@TempDir Path emptyHome) throws IOException, InterruptedException {
        assertThat(HiddenEngine.output(emptyHome, RunTests.class).lines())
                .containsExactly("first() " + NONE, "second() " + NONE);
    }

    /** Runs in the JVM that sees no engine. */
    static final class RunTests {
        private RunTests() {}

        public static void main(String[] arguments) {
            ForeignRun.of(TwoTestCase.class)
                    .outcomes()
                    .forEach((test, outcome) -> System.out.println(test + " " + outcome));
        }
    }

    @ForeignArch("s390x")
    @ForeignJvm
    static class TwoTestCase {
        @Test
        void first() {}

        @Test
        void second() {}
    }
}
