package dev.foreignarch.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("engine")
class NoEngineTests {

    @Test
    @Timeout(120)
    void is_said_in_one_sentence_with_a_remedy(@TempDir Path emptyHome) throws IOException, InterruptedException {
        assertThat(HiddenEngine.output(emptyHome, AskForEngine.class))
                .isEqualTo(
                        "No container engine answers. ForeignArch runs foreign architectures in containers, on Docker or"
                                + " a compatible engine. Start one, or name it with the environment variable"
                                + " DOCKER_HOST; 'docker info' must work for the user who runs the tests.");
    }

    /** Runs in the JVM that sees no engine. */
    static final class AskForEngine {
        private AskForEngine() {}

        public static void main(String[] arguments) {
            try {
                System.out.println(Engine.ofTestcontainers().facts());
            } catch (EngineException nobodyThere) {
                System.out.println(nobodyThere.getMessage());
            }
        }
    }
}
