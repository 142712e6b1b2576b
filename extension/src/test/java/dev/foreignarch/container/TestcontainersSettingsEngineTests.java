package dev.foreignarch.container;

import static dev.foreignarch.arch.Architecture.ARM64V8;
import static dev.foreignarch.arch.Architecture.S390X;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foreignarch.engine.Engine;
import dev.foreignarch.image.EngineImages;
import dev.foreignarch.image.LocalRegistry;
import dev.foreignarch.image.OtherJvm;
import dev.foreignarch.image.PasswordRegistry;
import dev.foreignarch.image.PlatformImageException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;

/** What the user has set for Testcontainers, by variables of the environment, counts for foreign containers, too. */
@Tag("engine")
class TestcontainersSettingsEngineTests {

    private final Engine engine = Engine.ofTestcontainers();
    private final EngineImages here = new EngineImages(engine);
    private final String image = LocalRegistry.publish("settings", "linux/amd64", "linux/s390x", "linux/arm64");
    private final String path = image.substring(image.indexOf('/') + 1, image.lastIndexOf(':'));

    @AfterEach
    void removeWhatThisTestBrought() {
        here.remove(path);
    }

    @Test
    void aPrefixForImagesOfDockerHub() {
        String output = OtherJvm.start(
                        Map.of("TESTCONTAINERS_HUB_IMAGE_NAME_PREFIX", LocalRegistry.ADDRESS + "/"),
                        TellMachine.class,
                        path + ":1")
                .output();

        assertThat(output).endsWith(path + ":1 runs on s390x");
        assertThat(here.names(path))
                .contains("foreignarch.local/127.0.0.1-5000/" + path + ":1-linux-s390x")
                .doesNotContain(path + ":1", image);
    }

    @Test
    void aPasswordOfARegistry() throws IOException {
        try (PasswordRegistry registry = new PasswordRegistry()) {
            String name = image.replace(LocalRegistry.ADDRESS, registry.address());

            assertThat(OtherJvm.start(Map.of("DOCKER_AUTH_CONFIG", registry.login()), TellMachine.class, name)
                            .output())
                    .endsWith(name + " runs on s390x");
            assertThat(here.names(path)).doesNotContain(name);
        }
    }

    @Test
    void aRegistryThatWantsAPasswordIsToldOf() throws IOException {
        try (PasswordRegistry registry = new PasswordRegistry()) {
            String name = image.replace(LocalRegistry.ADDRESS, registry.address());

            assertThat(OtherJvm.start(Map.of("DOCKER_AUTH_CONFIG", "{}"), TellMachine.class, name)
                            .output())
                    .containsPattern("^\\Q" + name + "\\E can't be pulled for linux/s390x: the registry \\Q"
                            + registry.address()
                            + "\\E wants a user and a password, and knows not the ones it got, if any"
                            + " \\(.*no basic auth credentials\\)\\. Log in as the user who runs the tests:"
                            + " docker login \\Q" + registry.address() + "\\E\\. In CI, the environment variable"
                            + " DOCKER_AUTH_CONFIG can hold what that writes to ~/\\.docker/config\\.json\\.$");
        }
    }

    /** The container outlives the JVM. Of another architecture it is another one, though nothing else differs. */
    @Test
    void reuse() {
        Map<String, String> reuse = Map.of("TESTCONTAINERS_REUSE_ENABLE", "true");
        List<String> first = List.of(
                OtherJvm.start(reuse, TellContainers.class, image).output().split("\\s+"));
        List<String> again = List.of(
                OtherJvm.start(reuse, TellContainers.class, image).output().split("\\s+"));
        try {
            assertThat(first).hasSize(2).doesNotHaveDuplicates();
            assertThat(again).isEqualTo(first);
        } finally {
            first.forEach(
                    id -> engine.client().removeContainerCmd(id).withForce(true).exec());
        }
    }

    static final class TellMachine {
        public static void main(String[] arguments) {
            try (GenericContainer<?> container =
                    ForeignContainers.bind(new GenericContainer<>(arguments[0]).withCommand("sleep", "600"), S390X)) {
                ForeignContainers.start(container);
                System.out.println(arguments[0] + " runs on " + ForeignContainersEngineTests.machine(container));
            } catch (PlatformImageException refusal) {
                System.out.println(refusal.getMessage());
            }
        }
    }

    static final class TellContainers {
        public static void main(String[] arguments) {
            Arrays.asList(S390X, ARM64V8).forEach(architecture -> {
                GenericContainer<?> container = ForeignContainers.bind(
                        new GenericContainer<>(arguments[0])
                                .withCommand("sleep", "600")
                                .withReuse(true),
                        architecture);
                container.start();
                System.out.println(container.getContainerId());
            });
        }
    }
}
