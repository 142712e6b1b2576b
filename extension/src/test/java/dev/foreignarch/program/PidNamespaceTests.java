package dev.foreignarch.program;

import static dev.foreignarch.arch.Architecture.S390X;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foreignarch.container.ForeignContainers;
import dev.foreignarch.emulation.Emulation;
import dev.foreignarch.engine.Engine;
import dev.foreignarch.engine.ImagePull;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.GenericContainer;

/**
 * JVMs of one host name that can't see each other's processes, as jobs in containers with the host's network are, share an
 * engine. {@code -Dtest.foreignarch.jvms=6 -Dtest.foreignarch.rounds=10} makes more of it.
 */
@Tag("engine")
@Tag("each-engine")
class PidNamespaceTests {

    private static final int JVMS = Integer.getInteger("test.foreignarch.jvms", 3);
    private static final int ROUNDS = Integer.getInteger("test.foreignarch.rounds", 2);
    private static final String IMAGE = "busybox:1.36";

    @TempDir
    Path directory;

    @Test
    void none_takes_the_others_for_dead() throws Exception {
        Engine engine = Engine.ofTestcontainers();
        ImagePull.pull(engine, IMAGE, Optional.empty());
        Path program = Busybox.install(engine, S390X, directory);

        List<Process> jvms = new ArrayList<>();
        for (int number = 0; number < JVMS; number++) {
            jvms.add(start(number, program));
        }

        for (int number = 0; number < JVMS; number++) {
            jvms.get(number).waitFor();
            assertThat(Files.readString(output(number), UTF_8).lines().filter(line -> line.startsWith("round ")))
                    .as(Files.readString(output(number), UTF_8))
                    .hasSize(ROUNDS)
                    .allMatch(line -> line.endsWith(": s390x s390x"));
        }
    }

    private Process start(int number, Path program) throws Exception {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return new ProcessBuilder(
                        "unshare",
                        "--pid",
                        "--fork",
                        "--kill-child",
                        "--mount-proc",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath,
                        Job.class.getName(),
                        program.toString(),
                        String.valueOf(ROUNDS))
                .redirectErrorStream(true)
                .redirectOutput(output(number).toFile())
                .start();
    }

    private Path output(int number) {
        return directory.resolve("job-" + number + ".txt");
    }

    /** What each JVM does, again and again: sessions begin and end all the time. */
    static final class Job {

        public static void main(String[] arguments) throws Exception {
            for (int round = 1; round <= Integer.parseInt(arguments[1]); round++) {
                try (Emulation emulation = Emulation.onDefaultEngine();
                        Programs programs = Programs.on(emulation, ProgramSettings.DEFAULT);
                        Program program = programs.open(ProgramSpec.of(arguments[0]), S390X);
                        GenericContainer<?> container = ForeignContainers.bind(
                                new GenericContainer<>(IMAGE).withCommand("sleep", "600"), S390X)) {
                    ForeignContainers.start(container);
                    System.out.println("round " + round + ": "
                            + program.run("uname", "-m").stdout().strip() + " "
                            + container
                                    .execInContainer("uname", "-m")
                                    .getStdout()
                                    .strip());
                }
            }
        }
    }
}
