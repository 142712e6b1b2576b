package dev.foreignarch.jvm;

import static dev.foreignarch.arch.Architecture.ARM32V7;
import static dev.foreignarch.arch.Architecture.S390X;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Container;
import dev.foreignarch.container.ForeignContainers;
import dev.foreignarch.emulation.Emulation;
import dev.foreignarch.engine.Engine;
import dev.foreignarch.engine.ImagePull;
import dev.foreignarch.jupiter.ForeignArch;
import dev.foreignarch.jupiter.ForeignJvm;
import dev.foreignarch.program.Busybox;
import dev.foreignarch.program.Program;
import dev.foreignarch.program.ProgramSettings;
import dev.foreignarch.program.ProgramSpec;
import dev.foreignarch.program.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;

/**
 * JVMs that are killed at any moment of a run with containers, programs and foreign JVMs. It runs on the engine that
 * {@code DOCKER_HOST} names; {@code -Dtest.foreignarch.kills=50} kills more of them.
 */
@Tag("engine")
class KilledRunTests {

    private static final int KILLS = Integer.getInteger("test.foreignarch.kills", 10);
    private static final int AT_ONCE = 2;
    private static final int LONGEST_RUN = 10_000;
    private static final String IMAGE = "busybox:1.36";
    private static final Path TABLE = Path.of("/proc/sys/fs/binfmt_misc");

    private final Engine engine = Engine.ofTestcontainers();
    private final DockerClient client = engine.client();
    private final Random random = new Random(15);

    @TempDir
    Path directory;

    @Test
    void leave_nothing_for_longer_than_a_minute() throws Exception {
        ImagePull.pull(engine, IMAGE, Optional.empty());
        Path program = Busybox.install(engine, ARM32V7, directory);
        prepareSomething();
        Set<String> images = images();
        Set<String> volumes = volumes();
        String tag = client.inspectImageCmd(IMAGE).exec().getId();
        String table = table();

        List<String> sessions = new ArrayList<>();
        for (int killed = 0; killed < KILLS; killed += AT_ONCE) {
            sessions.addAll(killAtOnce(Math.min(AT_ONCE, KILLS - killed), program));
        }
        assertThat(sessions).hasSize(KILLS);

        // What Testcontainers has started for us, and its cleaner does not remove, is removed by the next session.
        prepareSomething();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(containers(sessions)).isEmpty());
        assertThat(images()).isEqualTo(images);
        assertThat(volumes()).isEqualTo(volumes);
        assertThat(client.inspectImageCmd(IMAGE).exec().getId()).isEqualTo(tag);
        assertThat(table()).isEqualTo(table);
    }

    private List<String> killAtOnce(int count, Path program) throws IOException {
        List<String> sessions = new ArrayList<>();
        List<LocalJvm> victims = new ArrayList<>();
        try {
            for (int number = 0; number < count; number++) {
                victims.add(LocalJvm.of(Victim.class, program.toString()));
            }
            for (LocalJvm victim : victims) {
                sessions.add(victim.awaitLine("session "));
                Duration delay = Duration.ofMillis(random.nextInt(LONGEST_RUN / count));
                await().pollDelay(delay).atMost(delay.plusSeconds(20)).until(() -> true);
                victim.kill();
            }
        } finally {
            for (LocalJvm victim : victims) {
                victim.close();
            }
        }
        return sessions;
    }

    private void prepareSomething() {
        try (Emulation emulation = Emulation.onDefaultEngine()) {
            emulation.prepare(List.of(ARM32V7, S390X)).values().forEach(verdict -> verdict.orThrow());
        }
    }

    private List<String> containers(Collection<String> sessions) {
        return client.listContainersCmd().withShowAll(true).exec().stream()
                .filter(container ->
                        sessions.contains(Objects.requireNonNullElse(container.getLabels(), Map.<String, String>of())
                                .get(DockerClientFactory.TESTCONTAINERS_SESSION_ID_LABEL)))
                .map(KilledRunTests::describe)
                .toList();
    }

    private static String describe(Container container) {
        return container.getState() + " " + container.getImage() + " " + container.getCommand();
    }

    private Set<String> images() {
        Set<String> names = new TreeSet<>();
        client.listImagesCmd().exec().stream()
                .flatMap(image -> image.getRepoTags() == null ? Stream.empty() : Stream.of(image.getRepoTags()))
                .filter(name -> !name.startsWith("foreignarch.local/"))
                // What somebody builds beside this test by Testcontainers; the victims build nothing.
                .filter(name -> !name.startsWith("localhost/testcontainers/"))
                .forEach(names::add);
        return names;
    }

    private Set<String> volumes() {
        Set<String> names = new TreeSet<>();
        client.listVolumesCmd().exec().getVolumes().forEach(volume -> names.add(String.valueOf(volume.getName())));
        names.remove("foreignarch-jars-2");
        return names;
    }

    private static String table() throws IOException {
        StringBuilder content = new StringBuilder();
        try (Stream<Path> handlers = Files.list(TABLE)) {
            for (Path handler : handlers.sorted().toList()) {
                if (!handler.endsWith("register")) {
                    content.append(handler).append('\n').append(Files.readString(handler, UTF_8));
                }
            }
        }
        return content.toString();
    }

    /** What is killed. */
    static final class Victim {

        public static void main(String[] arguments) {
            System.out.println("\nsession " + DockerClientFactory.SESSION_ID);
            Thread jvms = new Thread(() -> {
                while (true) {
                    ForeignRun.of(JvmTestCase.class).outcomes();
                }
            });
            jvms.setDaemon(true);
            jvms.start();
            while (true) {
                useProgramAndContainer(arguments[0]);
            }
        }

        private static void useProgramAndContainer(String path) {
            try (Emulation emulation = Emulation.onDefaultEngine();
                    Programs programs = Programs.on(emulation, ProgramSettings.DEFAULT);
                    Program program = programs.open(ProgramSpec.of(path), ARM32V7);
                    GenericContainer<?> container =
                            ForeignContainers.bind(new GenericContainer<>(IMAGE).withCommand("sleep", "600"), S390X)) {
                program.run("true").orThrow();
                ForeignContainers.start(container);
            }
        }
    }

    @ForeignArch("amd64")
    @ForeignJvm
    static class JvmTestCase {
        @Test
        void a() {}
    }
}
