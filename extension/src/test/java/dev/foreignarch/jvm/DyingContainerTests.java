package dev.foreignarch.jvm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Container;
import dev.foreignarch.image.NativeImage;
import dev.foreignarch.jupiter.ForeignArch;
import dev.foreignarch.jupiter.ForeignJvm;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.images.builder.ImageFromDockerfile;
import org.testcontainers.images.builder.Transferable;

/** What {@link DyingJvmTests} hold of processes holds of containers, whose end reaches us by other ways. */
@Tag("engine")
class DyingContainerTests {

    private static final String LIMIT = "60";

    private final DockerClient client = DockerClientFactory.instance().client();

    @AfterEach
    void nothingIsLeft() {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(containers()).isEmpty());
    }

    @Test
    void tellsWhoEndedTheJvmAndRunsTheOthers() {
        Map<String, String> outcomes = ForeignRun.of(ExitTestCase.class)
                .with(JvmParameters.TIMEOUT, LIMIT)
                .outcomes();

        assertThat(outcomes).containsOnlyKeys("a()", "b()");
        assertThat(outcomes.get("a()"))
                .startsWith("FAILED")
                .contains("It was told to exit (exit code 3)", "ExitTestCase.a(");
        assertThat(outcomes.get("b()")).isEqualTo("SUCCESSFUL");
    }

    @Test
    void tellsThatTheContainerWasKilledAndRunsTheOthers() {
        Map<String, String> outcomes = ForeignRun.of(SleepTestCase.class)
                .with(JvmParameters.TIMEOUT, LIMIT)
                .onStart(test -> {
                    if (test.getDisplayName().equals("a()")) {
                        containers()
                                .forEach(container -> client.killContainerCmd(container.getId())
                                        .exec());
                    }
                })
                .outcomes();

        assertThat(outcomes).containsOnlyKeys("a()", "b()");
        assertThat(outcomes.get("a()"))
                .startsWith("FAILED")
                .contains("died while this test ran. It was killed (exit code 137): by somebody, or because the"
                        + " machine or the container was out of memory.");
        assertThat(outcomes.get("b()")).isEqualTo("SUCCESSFUL");
    }

    @Test
    void aJvmThatRefusesItsArgumentsIsQuoted() {
        assertThat(ForeignRun.of(SleepTestCase.class)
                        .with(JvmParameters.ARGUMENTS, "-XX:Nonsense")
                        .outcomes()
                        .get("a()"))
                .isEqualTo("FAILED dev.foreignarch.jvm.launch.JvmStartException: The JVM of amd64"
                        + " (eclipse-temurin:17-jre, native) did not start. It ended (exit code 1).\n"
                        + "Its last words:\n"
                        + "Unrecognized VM option 'Nonsense'\n"
                        + "Error: Could not create the Java Virtual Machine.\n"
                        + "Error: A fatal exception has occurred. Program will exit.");
    }

    @Test
    void aProgramThatEndsBeforeTheEngineIsAskedAboutItIsQuoted() {
        String image = new ImageFromDockerfile()
                .withFileFromString("Dockerfile", "FROM " + NativeImage.of("busybox:1.36") + "\nCOPY java /bin/java\n")
                .withFileFromTransferable(
                        "java", Transferable.of("#!/bin/sh\necho no Java today\n".getBytes(UTF_8), 0100755))
                .get();

        assertThat(ForeignRun.of(SleepTestCase.class)
                        .with(JvmParameters.IMAGE, image)
                        .outcomes()
                        .get("a()"))
                .startsWith("FAILED dev.foreignarch.jvm.launch.JvmStartException: The JVM of amd64")
                .endsWith("Its last words:\nno Java today");
    }

    @Test
    void bringsWhatNativeCodeSaidRightBeforeTheEnd() {
        Map<String, String> outcomes = ForeignRun.of(DyingJvmTests.LastWordsTestCase.class)
                .silent()
                .with(JvmParameters.TIMEOUT, LIMIT)
                .outcomes();

        assertThat(outcomes.get("a()"))
                .contains(DyingJvmTests.LastWordsTestCase.WORDS, "# A fatal error has been detected");
        assertThat(outcomes.get("b()")).contains(DyingJvmTests.LastWordsTestCase.WORDS, "It ended (exit code 1)");
    }

    private List<Container> containers() {
        return client.listContainersCmd()
                .withLabelFilter(Map.of("org.testcontainers.sessionId", DockerClientFactory.SESSION_ID))
                .exec();
    }

    @ForeignArch("amd64")
    @ForeignJvm
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class ExitTestCase {
        @Test
        void a() {
            System.exit(3);
        }

        @Test
        void b() {}
    }

    @ForeignArch("amd64")
    @ForeignJvm
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class SleepTestCase {
        @Test
        void a() throws InterruptedException {
            Thread.sleep(1_000_000);
        }

        @Test
        void b() {}
    }
}
