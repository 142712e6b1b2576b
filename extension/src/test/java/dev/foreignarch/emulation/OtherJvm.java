package dev.foreignarch.emulation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.DockerClient;
import dev.foreignarch.arch.Architecture;
import dev.foreignarch.engine.Engine;
import dev.foreignarch.engine.PrivateEngine;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A JVM that prepares architectures when it is told to, says what came of it, and needs them until it is told that it
 * doesn't, or to end. Then it can be told to prepare them once more.
 */
final class OtherJvm implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(4);

    private final Process process;
    private final Path output;
    private int read;

    private OtherJvm(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Start one. It takes its time, in which others can be started. */
    static OtherJvm start(URI engine, Registration registration, Architecture... architectures) throws IOException {
        Path output = Files.createTempFile("other-jvm", ".txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dorg.slf4j.simpleLogger.log.dev.foreignarch=info",
                "-cp",
                System.getProperty("java.class.path"),
                OtherJvm.class.getName(),
                engine.toString(),
                registration.name()));
        Arrays.stream(architectures).map(Architecture::name).forEach(command::add);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new OtherJvm(process, output);
    }

    /** Wait until it can begin at once. */
    void awaitReady() {
        awaitLine("ready");
    }

    /** Let it prepare. */
    void go() throws IOException {
        tell();
    }

    /** Wait until it has prepared, and return what it has printed meanwhile. */
    String awaitPrepared() {
        return awaitLine("prepared");
    }

    /** Let it need nothing anymore. */
    void release() throws IOException {
        tell();
        awaitReady();
    }

    private void tell() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    /** Return what it has printed up to that line, since it was asked last. */
    private String awaitLine(String line) {
        String end = line + "\n";
        await().atMost(LIMIT).until(() -> printed().contains(end) || !process.isAlive());
        String printed = printed();
        if (!printed.contains(end)) {
            throw new AssertionError("the JVM ended: " + printed);
        }
        int length = printed.indexOf(end) + end.length();
        read += length;
        return printed.substring(0, length);
    }

    /** Kill it as {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Tell it to end, and wait until it has ended. */
    @Override
    public void close() throws IOException {
        try {
            process.getOutputStream().close();
            process.waitFor();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        } finally {
            Files.delete(output);
        }
    }

    private String printed() {
        try {
            return Files.readString(output, UTF_8).substring(read);
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    /** Run as the other JVM. */
    public static void main(String[] arguments) throws IOException {
        EmulationSettings settings = new EmulationSettings(Registration.valueOf(arguments[1]), Optional.empty());
        List<Architecture> architectures =
                Arrays.stream(arguments).skip(2).map(Architecture::valueOf).toList();
        try (DockerClient client = PrivateEngine.connect(URI.create(arguments[0]))) {
            do {
                System.out.println("ready");
            } while (isTold() && prepare(Emulation.on(Engine.of(client), settings), architectures));
        }
    }

    private static boolean prepare(Emulation emulation, List<Architecture> architectures) throws IOException {
        try (emulation) {
            emulation
                    .prepare(architectures)
                    .forEach((architecture, verdict) -> System.out.println(architecture + " " + verdict.summary()));
            System.out.println("prepared");
            return isTold();
        }
    }

    /** Wait for a word from the test; false if it is the last one. */
    private static boolean isTold() throws IOException {
        return System.in.read() >= 0;
    }
}
