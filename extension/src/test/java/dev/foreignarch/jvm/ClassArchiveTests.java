package dev.foreignarch.jvm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.Bind;
import dev.foreignarch.image.NativeImage;
import dev.foreignarch.jupiter.ForeignArch;
import dev.foreignarch.jupiter.ForeignJvm;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.ImageFromDockerfile;
import org.testcontainers.images.builder.Transferable;

/** The archive of JUnit's classes is made once for an image, and used by those who ask for it. */
@Tag("engine")
class ClassArchiveTests {

    private static final String WITH = "-XX:SharedArchiveFile=/foreignarch/jars/";

    private final GenericContainer<?> volume = new GenericContainer<>(NativeImage.of("busybox:1.36"))
            .withCommand("sleep", "600")
            .withCreateContainerCmdModifier(create ->
                    Objects.requireNonNull(create.getHostConfig()).withBinds(Bind.parse("foreignarch-jars-2:/jars")));

    @BeforeEach
    void forgetArchives() throws Exception {
        volume.start();
        inVolume("rm -f *.jsa *.note");
    }

    @AfterEach
    void stop() throws Exception {
        inVolume("rm -f *.jsa *.note");
        volume.stop();
    }

    /** With {@code -Xshare:on} a JVM does not start without a valid archive. */
    @Test
    void isMadeOnceAndUsed() throws Exception {
        assertThat(run(WithTestCase.class, Map.of(JvmParameters.ARGUMENTS, "-Xshare:on")))
                .isEqualTo(Map.of("a()", "SUCCESSFUL"));
        String made = inVolume("stat -c '%n %Z' *.jsa");

        assertThat(run(WithTestCase.class, Map.of(JvmParameters.ARGUMENTS, "-Xshare:on")))
                .isEqualTo(Map.of("a()", "SUCCESSFUL"));
        assertThat(inVolume("stat -c '%n %Z' *.jsa")).isEqualTo(made).hasLineCount(1);
    }

    @Test
    void aJavaThatCanNotMakeOneIsAskedOnce() throws Exception {
        String image = new ImageFromDockerfile()
                .withFileFromString("Dockerfile", """
                        FROM %s
                        COPY java /without/java
                        ENV PATH=/without:/opt/java/openjdk/bin:$PATH
                        """.formatted(NativeImage.of("eclipse-temurin:17-jre")))
                .withFileFromTransferable("java", Transferable.of("""
                        #!/bin/sh
                        case "$*" in *ArchiveClassesAtExit*)
                            echo "Unrecognized VM option" >&2
                            exit 1
                        esac
                        PATH=/opt/java/openjdk/bin:$PATH
                        exec java "$@"
                        """.getBytes(UTF_8), 0100755))
                .get();

        assertThat(run(WithoutTestCase.class, Map.of(JvmParameters.IMAGE, image)))
                .isEqualTo(Map.of("a()", "SUCCESSFUL"));
        String noted = inVolume("cat *.note; stat -c '%n %Z' *.note");
        assertThat(noted).startsWith("none");

        assertThat(run(WithoutTestCase.class, Map.of(JvmParameters.IMAGE, image)))
                .isEqualTo(Map.of("a()", "SUCCESSFUL"));
        assertThat(inVolume("cat *.note; stat -c '%n %Z' *.note")).isEqualTo(noted);
    }

    private static Map<String, String> run(Class<?> testClass, Map<String, String> parameters) {
        ForeignRun run = ForeignRun.of(testClass).with(JvmParameters.ARCHIVE, "true");
        parameters.forEach(run::with);
        return run.outcomes();
    }

    private String inVolume(String command) throws IOException, InterruptedException {
        return volume.execInContainer("sh", "-c", "cd /jars && " + command)
                .getStdout()
                .strip();
    }

    private static boolean hasArchive() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream().anyMatch(it -> it.startsWith(WITH));
    }

    @ForeignArch("s390x")
    @ForeignJvm
    static class WithTestCase {
        @Test
        void a() {
            assertThat(hasArchive()).isTrue();
        }
    }

    @ForeignArch("amd64")
    @ForeignJvm
    static class WithoutTestCase {
        @Test
        void a() {
            assertThat(hasArchive()).isFalse();
        }
    }
}
