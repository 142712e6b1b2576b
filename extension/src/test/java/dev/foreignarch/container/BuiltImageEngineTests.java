package dev.foreignarch.container;

import static dev.foreignarch.arch.Architecture.S390X;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foreignarch.engine.Engine;
import dev.foreignarch.image.EngineImages;
import dev.foreignarch.image.LocalRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.ImageFromDockerfile;

/**
 * Not on the containerd store: the builder that Testcontainers speaks to does not build for other platforms there
 * (Docker 26: "content digest … not found").
 */
@Tag("engine")
class BuiltImageEngineTests {

    private final EngineImages here = new EngineImages(Engine.ofTestcontainers());
    private final String busybox = LocalRegistry.publish("built-from", "linux/amd64", "linux/s390x");

    @AfterEach
    void removeWhatThisTestBrought() {
        here.remove(busybox.substring(busybox.indexOf('/') + 1, busybox.lastIndexOf(':')));
    }

    @Test
    void anImageIsBuiltForTheArchitecture() {
        ImageFromDockerfile image = new ImageFromDockerfile()
                .withFileFromString("Dockerfile", "FROM " + busybox + "\nRUN uname -m > /built-on\nCMD sleep 600\n")
                .withBuildImageCmdModifier(build -> build.withPlatform("linux/s390x"));
        try (GenericContainer<?> container = ForeignContainers.bind(new GenericContainer<>(image), S390X)) {
            ForeignContainers.start(container);

            assertThat(ForeignContainersEngineTests.exec(container, "cat", "/built-on"))
                    .isEqualTo("s390x");
        }
    }
}
