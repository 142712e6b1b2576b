package dev.foreignarch.jvm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.testcontainers.DockerClientFactory;

/** Another JVM that starts tests in foreign JVMs, and can be killed without regret. */
final class LocalJvm implements AutoCloseable {

    private final Process process;
    private final Path output;

    private LocalJvm(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Let it run the {@code main} of a class. */
    static LocalJvm of(Class<?> program, String argument) throws IOException {
        Path output = Files.createTempFile("local-jvm", ".txt");
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return new LocalJvm(
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-cp",
                                classPath,
                                program.getName(),
                                argument)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start(),
                output);
    }

    /** Let it run a class, with an environment and configuration parameters ({@code name=value}). */
    static LocalJvm running(Class<?> testClass, Map<String, String> environment, String... parameters)
            throws IOException {
        Path output = Files.createTempFile("local-jvm", ".txt");
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath,
                        LocalJvm.class.getName(),
                        testClass.getName())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.command().addAll(List.of(parameters));
        builder.environment().putAll(environment);
        return new LocalJvm(builder.start(), output);
    }

    /** Wait until it has printed a line that begins with something, and return the rest of the line. */
    String awaitLine(String beginning) {
        await().atMost(Duration.ofMinutes(3)).until(() -> printed().contains("\n" + beginning) || !process.isAlive());
        return printed()
                .lines()
                .filter(line -> line.startsWith(beginning))
                .findFirst()
                .map(line -> line.substring(beginning.length()))
                .orElseThrow(() -> new AssertionError("the JVM ended: " + printed()));
    }

    /** Wait until it has the results of so many tests, and return all that it has printed. */
    String awaitResults(int count, Duration limit) {
        await().atMost(limit)
                .until(() -> printed()
                                .lines()
                                .filter(line -> line.startsWith("result "))
                                .count()
                        == count);
        return printed();
    }

    /** Kill it as {@code kill -9} does. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    private String printed() {
        try {
            return Files.readString(output, UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public void close() throws IOException {
        kill();
        Files.delete(output);
    }

    /** Run as the other JVM. */
    public static void main(String[] arguments) throws ClassNotFoundException {
        ForeignRun run = ForeignRun.of(Class.forName(arguments[0]))
                .onStart(test -> System.out.println("\nstarted " + test.getDisplayName()));
        for (String parameter : List.of(arguments).subList(1, arguments.length)) {
            run.with(parameter.split("=", 2)[0], parameter.split("=", 2)[1]);
        }
        System.out.println("\nsession " + DockerClientFactory.SESSION_ID);
        run.outcomes().forEach((test, outcome) -> System.out.println("\nresult " + test + " " + outcome));
    }
}
