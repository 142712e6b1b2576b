package dev.foreignarch.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A machine on which no engine answers: the sockets are hidden from a JVM in a mount namespace of its own. */
@Tag("engine")
class NoEngineTests {

    @Test
    @Timeout(120)
    void is_said_in_one_sentence_with_a_remedy(@TempDir Path emptyHome) throws IOException, InterruptedException {
        String java = ProcessHandle.current().info().command().orElseThrow();
        String hidden = "mount -t tmpfs none /run && exec \"$@\"";
        ProcessBuilder builder = new ProcessBuilder(List.of(
                "unshare",
                "--user",
                "--map-root-user",
                "--mount",
                "sh",
                "-c",
                hidden,
                "sh", //
                java,
                "-Duser.home=" + emptyHome,
                "-cp",
                System.getProperty("java.class.path"),
                AskForEngine.class.getName()));
        builder.environment().remove("DOCKER_HOST");
        Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();

        String output = new String(process.getInputStream().readAllBytes(), UTF_8);

        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(output.strip())
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
