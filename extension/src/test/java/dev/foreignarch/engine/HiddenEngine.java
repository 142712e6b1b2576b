package dev.foreignarch.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A machine on which no engine answers: the sockets are hidden from a JVM in a mount namespace of its own. */
public final class HiddenEngine {

    private HiddenEngine() {}

    /** Run a program there, and return what it prints. */
    public static String output(Path emptyHome, Class<?> program) throws IOException, InterruptedException {
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
                program.getName()));
        builder.environment().remove("DOCKER_HOST");
        Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();

        String output = new String(process.getInputStream().readAllBytes(), UTF_8);

        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return output.strip();
    }
}
