package dev.foreignarch.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** A program of the tests in a JVM of its own, on the same engine. */
public final class OtherJvm {

    private final Process process;
    private final Path output;
    private final Path errors;

    private OtherJvm(Process process, Path output, Path errors) {
        this.process = process;
        this.output = output;
        this.errors = errors;
    }

    /** Start the {@code main} of a class. */
    public static OtherJvm start(Class<?> program, String... arguments) {
        return start(Map.of(), program, arguments);
    }

    /** Start the {@code main} of a class with more variables in its environment. */
    public static OtherJvm start(Map<String, String> environment, Class<?> program, String... arguments) {
        // Surefire keeps the class path in a jar's manifest, and its elements in a property.
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", classPath));
        command.add(program.getName());
        command.addAll(List.of(arguments));
        try {
            Path output = Files.createTempFile("other-jvm", ".out");
            Path errors = Files.createTempFile("other-jvm", ".err");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
            builder.environment().putAll(environment);
            return new OtherJvm(builder.start(), output, errors);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    /** Return the number of the process. */
    public long process() {
        return process.pid();
    }

    /** Wait until the program has printed something. */
    public void awaitOutput(String text) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .untilAsserted(
                        () -> assertThat(output).content().as(() -> errors()).contains(text));
    }

    private String errors() {
        try {
            return Files.readString(errors, UTF_8);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    /** Kill the program, as {@code kill -9} does. */
    public void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException exception) {
            throw new IllegalStateException(exception);
        }
        output.toFile().delete();
        errors.toFile().delete();
    }

    /** Wait for the program's end and return what it printed. */
    public String output() {
        try {
            int exitCode = process.waitFor();
            if (exitCode != 0) {
                throw new AssertionError("exit code " + exitCode + ": " + Files.readString(errors, UTF_8));
            }
            return Files.readString(output, UTF_8).strip();
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        } catch (InterruptedException exception) {
            throw new IllegalStateException(exception);
        } finally {
            process.destroyForcibly();
            output.toFile().delete();
            errors.toFile().delete();
        }
    }
}
