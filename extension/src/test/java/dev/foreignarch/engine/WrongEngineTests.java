package dev.foreignarch.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where the engine that is named can't be used, no other one is, though Testcontainers finds that of this machine. */
@Tag("engine")
@Timeout(120)
class WrongEngineTests {

    @TempDir
    Path home;

    @Test
    void an_address_that_testcontainers_passes_over_in_silence() throws Exception {
        assertThat(answer("ssh://me@box")).startsWith("DOCKER_HOST is 'ssh://me@box', which can't be used: ");
    }

    @Test
    void an_address_that_testcontainers_ends_with_a_stack_trace_of() throws Exception {
        assertThat(answer("fd://")).startsWith("DOCKER_HOST is 'fd://', which can't be used: ");
    }

    @Test
    void an_engine_that_does_not_answer() throws Exception {
        assertThat(answer("unix:///nowhere.sock"))
                .isEqualTo(
                        "No container engine answers at unix:///nowhere.sock, which DOCKER_HOST names. Testcontainers"
                                + " found one at unix:///var/run/docker.sock, which is not used: it may be another machine's. Start"
                                + " the engine that is named ('docker -H unix:///nowhere.sock info' asks it), or name none to have"
                                + " one found.");
    }

    @Test
    void an_engine_that_is_named_in_a_file() throws Exception {
        Files.writeString(home.resolve(".testcontainers.properties"), "docker.host=ssh://box\n");

        assertThat(answer(""))
                .startsWith("docker.host in ~/.testcontainers.properties is 'ssh://box', which can't be used: ");
    }

    private String answer(String dockerHost) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Duser.home=" + home,
                "-cp",
                System.getProperty("java.class.path"),
                NoEngineTests.AskForEngine.class.getName()));
        builder.environment().put("DOCKER_HOST", dockerHost);
        Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return output.strip();
    }
}
