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

/** A JVM that prepares architectures when it is told to, says what came of it, and needs them until it is told to end. */
final class OtherJvm implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(4);

    private final Process process;
    private final Path output;

    private OtherJvm(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

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
        OtherJvm jvm = new OtherJvm(process, output);
        jvm.awaitLine("ready");
        return jvm;
    }

    /** Let it prepare. */
    void go() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    /** Wait until it has prepared, and return what it has printed. */
    String awaitPrepared() {
        awaitLine("prepared");
        return printed();
    }

    private void awaitLine(String line) {
        await().atMost(LIMIT).until(() -> printed().lines().anyMatch(line::equals) || !process.isAlive());
        if (printed().lines().noneMatch(line::equals)) {
            throw new AssertionError("the JVM ended: " + printed());
        }
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
            return Files.readString(output, UTF_8);
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    /** Run as the other JVM. */
    public static void main(String[] arguments) throws IOException {
        try (DockerClient client = PrivateEngine.connect(URI.create(arguments[0]));
                Emulation emulation = Emulation.on(
                        Engine.of(client),
                        new EmulationSettings(Registration.valueOf(arguments[1]), Optional.empty()))) {
            System.out.println("ready");
            System.in.read();
            emulation
                    .prepare(Arrays.stream(arguments)
                            .skip(2)
                            .map(Architecture::valueOf)
                            .toList())
                    .forEach((architecture, verdict) -> System.out.println(architecture + " " + verdict.summary()));
            System.out.println("prepared");
            while (System.in.read() >= 0) {
                Thread.onSpinWait();
            }
        }
    }
}
