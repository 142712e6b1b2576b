package dev.foreignarch.jvm.launch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foreignarch.emulation.Emulation;
import dev.foreignarch.engine.ContainerSpec;
import dev.foreignarch.engine.EngineLock;
import dev.foreignarch.engine.ImagePull;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the volume is what its name says, whoever was there before. */
@Tag("engine")
class JarVolumeTests {

    private static final int JVMS = 4;
    private static final String IMAGE = "busybox:1.36";

    private final Emulation emulation = Emulation.onDefaultEngine();
    private final JarVolume volume = new JarVolume(emulation);
    private CarriedClassPath.Carried jar = new CarriedClassPath.Carried(Path.of("none"), "/none");

    @BeforeEach
    void makeJar(@TempDir Path directory) throws Exception {
        String content = UUID.randomUUID().toString();
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content.getBytes(UTF_8)));
        jar = new CarriedClassPath.Carried(
                Files.writeString(directory.resolve("a.jar"), content),
                CarriedClassPath.JARS + "/" + digest + "/a.jar");
        ImagePull.pull(emulation.engine(), IMAGE, Optional.empty());
    }

    @AfterEach
    void removeJar() {
        inVolume("rm -rf " + jar.place().substring(0, jar.place().lastIndexOf('/')) + " " + CarriedClassPath.JARS
                + "/test.jsa*");
        emulation.close();
    }

    @Test
    void a_jar_travels_once_also_for_those_who_start_at_once() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(JVMS);
        try {
            Callable<String> fill = () -> {
                new JarVolume(emulation).fill(List.of(jar));
                return written();
            };
            List<Future<String>> times = threads.invokeAll(Collections.nCopies(JVMS, fill));
            for (Future<String> time : times) {
                assertThat(time.get()).isNotEmpty().isEqualTo(times.get(0).get());
            }
        } finally {
            threads.shutdown();
        }
        assertThat(inVolume("cat " + jar.place())).isEqualTo(Files.readString(jar.local()));
    }

    @Test
    void what_another_machine_brings_meanwhile_is_not_brought_again() throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<?> fill = EngineLock.holding(emulation.engine(), JarVolume.NAME, () -> {
                Future<?> waiting = thread.submit(() -> volume.fill(List.of(jar)));
                assertThatThrownBy(() -> waiting.get(5, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
                bringAsAnotherMachine();
                return waiting;
            });

            fill.get(60, TimeUnit.SECONDS);

            assertThat(inVolume("date -u -r " + jar.place() + " +%Y")).isEqualToIgnoringNewLines("2001");
        } finally {
            thread.shutdown();
        }
    }

    @Test
    void what_is_there_is_used_without_waiting_for_another_machine() {
        volume.fill(List.of(jar));
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            EngineLock.holding(emulation.engine(), JarVolume.NAME, () -> {
                Future<?> fill = thread.submit(() -> volume.fill(List.of(jar)));
                assertThatCode(() -> fill.get(60, TimeUnit.SECONDS)).doesNotThrowAnyException();
                return fill;
            });
        } finally {
            thread.shutdown();
        }
    }

    @Test
    void a_jar_that_was_replaced_is_found_out() throws Exception {
        volume.fill(List.of(jar));
        inVolume("echo something else > " + jar.place());

        volume.fill(List.of(jar));

        assertThat(inVolume("cat " + jar.place())).isEqualTo(Files.readString(jar.local()));
    }

    @Test
    void a_note_is_about_the_file_that_was_there() {
        String place = CarriedClassPath.JARS + "/test.jsa";
        assertThat(volume.note(place)).isEmpty();

        volume.keep(place, Optional.empty(), "none");
        assertThat(volume.note(place)).hasValue("none");

        inVolume("echo something > " + place);
        assertThat(volume.note(place)).isEmpty();

        volume.keep(place, Optional.empty(), "made");
        assertThat(volume.note(place)).hasValue("made");

        inVolume("echo something else > " + place);
        assertThat(volume.note(place)).isEmpty();
    }

    private void bringAsAnotherMachine() {
        try {
            inVolume("mkdir -p " + jar.place().substring(0, jar.place().lastIndexOf('/')) + " && printf "
                    + Files.readString(jar.local()) + " > " + jar.place() + " && touch -d '2001-02-03 04:05:06' "
                    + jar.place());
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    /** The time when the file got its place, which no archive tells. */
    private String written() {
        return inVolume("stat -c %Z " + jar.place() + "; ls -i " + jar.place());
    }

    private String inVolume(String script) {
        return emulation
                .engine()
                .run(
                        ContainerSpec.of(IMAGE, List.of("sh", "-c", script))
                                .withVolume(JarVolume.NAME, CarriedClassPath.JARS),
                        Duration.ofSeconds(60))
                .text();
    }
}
