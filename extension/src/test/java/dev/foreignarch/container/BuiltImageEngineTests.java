package dev.foreignarch.container;

import static dev.foreignarch.arch.Architecture.S390X;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.foreignarch.engine.Engine;
import dev.foreignarch.engine.ImageStore;
import dev.foreignarch.image.EngineImages;
import dev.foreignarch.image.LocalRegistry;
import dev.foreignarch.image.LocalRegistry.Entry;
import dev.foreignarch.image.PlatformImageException;
import dev.foreignarch.image.PlatformImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.ImageFromDockerfile;

/** Images that Testcontainers builds. What its builder can't do on the containerd store is said. */
@Tag("engine")
@Tag("each-store")
class BuiltImageEngineTests {

    private static final String OBSTACLE =
            "The builder that Testcontainers speaks to takes a base image's platform of the"
                    + " engine's host, if there is one, on an engine that keeps images in containerd. Use a base image that is for"
                    + " linux/s390x only, such as those in Docker Hub's repositories by architecture (arm64v8/debian,"
                    + " s390x/debian); or build it before the test with BuildKit, and give the container its name:"
                    + " docker buildx build --load --platform linux/s390x -t … .";

    private final Engine engine = Engine.ofTestcontainers();
    private final EngineImages here = new EngineImages(engine);
    private String base = LocalRegistry.publish("built-from", "linux/amd64", "linux/s390x");

    @AfterEach
    void removeWhatThisTestBrought() {
        here.remove(path());
    }

    @Test
    void anImageOfLinesOfADockerfile() {
        here.pull(base);

        assertBuilt(lines());
    }

    @Test
    void anImageOfADockerfileOnDisk(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("Dockerfile");
        Files.writeString(file, "FROM " + base + "\nRUN uname -m > /built-on\nCMD sleep 600\n");
        here.pull(base);

        assertBuilt(new ImageFromDockerfile().withDockerfile(file));
    }

    @Test
    void anImageWhoseBaseIsNotForTheHost() {
        base = LocalRegistry.publish("built-from-foreign", "linux/s390x", "linux/arm/v7");

        assertRuns(lines());
    }

    @Test
    void anImageWhoseBaseWasNeverPulledForTheHost() {
        // Another label makes it another image: the store knows the content of an honest one from other tests.
        base = LocalRegistry.publish(
                LocalRegistry.unique("built-from-absent") + ":1",
                List.of(new Entry("linux/amd64", "linux/amd64", "v1"), Entry.of("linux/s390x")));
        if (engine.facts().imageStore() == ImageStore.CLASSIC) {
            assertRuns(lines());
        } else {
            assertThat(startFailure(lines()))
                    .isInstanceOf(ForeignContainerException.class)
                    .message()
                    .matches("\\QThe image was not built for s390x (Could not build image: content digest sha256:\\E"
                            + "[0-9a-f]+: not found\\). \\Q" + OBSTACLE + "\\E");
        }
    }

    @Test
    void theTagsOfBaseImagesStay() {
        if (engine.facts().imageStore() == ImageStore.CONTAINERD) {
            base = LocalRegistry.publish("built-from-foreign", "linux/s390x", "linux/arm/v7");
        } else {
            here.pull(base);
        }
        Set<String> before = here.names(path());
        Optional<String> id = here.id(base);

        assertRuns(lines());

        assertThat(here.id(base)).isEqualTo(id);
        assertThat(here.names(path()))
                .filteredOn(name -> !name.startsWith(PlatformImages.PRIVATE_REPOSITORY))
                .isEqualTo(List.copyOf(before));
    }

    @Test
    void aTagThatWasNotThereIsNotThereAfterABuild() {
        base = LocalRegistry.publish("built-from-foreign", "linux/s390x", "linux/arm/v7");

        assertRuns(lines());

        assertThat(here.names(path()))
                .filteredOn(name -> !name.startsWith(PlatformImages.PRIVATE_REPOSITORY))
                .isEmpty();
    }

    @Test
    void anImageWithANameOfItsOwnThatIsForTheHost() {
        here.pull(base);
        ImageFromDockerfile image = lines(new ImageFromDockerfile(path() + "-named:1"));
        try (GenericContainer<?> container = ForeignContainers.bind(new GenericContainer<>(image), S390X)) {
            assertThatThrownBy(() -> ForeignContainers.start(container))
                    .isInstanceOf(PlatformImageException.class)
                    .hasMessage(
                            engine.facts().imageStore() == ImageStore.CLASSIC
                                    ? path()
                                            + "-named:1 was built for linux/amd64, not for linux/s390x. Build it for this"
                                            + " platform: new ImageFromDockerfile().withBuildImageCmdModifier(build ->"
                                            + " build.withPlatform(\"linux/s390x\"))…"
                                    : path() + "-named:1 was not built for linux/s390x. " + OBSTACLE);
        }
    }

    @Test
    void aDockerfileForBuildKit() {
        ImageFromDockerfile image = new ImageFromDockerfile()
                .withFileFromString("Dockerfile", "FROM --platform=$BUILDPLATFORM " + base + "\nRUN uname -m\n");

        assertThat(startFailure(image))
                .isInstanceOf(ForeignContainerException.class)
                .message()
                .matches("\\QThe image was not built for s390x (Could not build image: failed to parse platform \\E.*"
                        + "\\Q). Its Dockerfile says FROM --platform with a variable such as $BUILDPLATFORM. BuildKit sets"
                        + " that, but the builder that Testcontainers speaks to is not BuildKit; there TARGETPLATFORM and"
                        + " TARGETARCH are empty, too. Build the image before the test, and give the container its name:"
                        + " docker buildx build --load --platform linux/s390x -t … . Or leave --platform=… out of the"
                        + " Dockerfile: withBuildImageCmdModifier says what it is built for.\\E");
    }

    @Test
    void aDockerfileWithAMountOfBuildKit() {
        ImageFromDockerfile image = new ImageFromDockerfile()
                .withFileFromString("Dockerfile", "FROM " + base + "\nRUN --mount=type=cache,target=/c uname -m\n");

        assertThat(startFailure(image))
                .isInstanceOf(ForeignContainerException.class)
                .message()
                .matches("\\QThe image was not built for s390x (Could not build image: the --mount option requires"
                        + " BuildKit.\\E.*\\Q). Its Dockerfile needs BuildKit, which the builder that Testcontainers speaks"
                        + " to is not. Build the image before the test, and give the container its name: docker buildx build"
                        + " --load --platform linux/s390x -t … .\\E");
    }

    private String path() {
        return base.substring(base.indexOf('/') + 1, base.lastIndexOf(':'));
    }

    private ImageFromDockerfile lines() {
        return lines(new ImageFromDockerfile());
    }

    private ImageFromDockerfile lines(ImageFromDockerfile image) {
        return image.withDockerfileFromBuilder(
                lines -> lines.from(base).run("uname -m > /built-on").cmd("sleep", "600"));
    }

    private void assertBuilt(ImageFromDockerfile image) {
        if (engine.facts().imageStore() == ImageStore.CLASSIC) {
            assertRuns(image);
        } else {
            assertThat(startFailure(image))
                    .isInstanceOf(PlatformImageException.class)
                    .hasMessage(image.getDockerImageName() + ":latest was not built for linux/s390x. " + OBSTACLE);
        }
    }

    private static void assertRuns(ImageFromDockerfile image) {
        try (GenericContainer<?> container = bound(image)) {
            ForeignContainers.start(container);

            assertThat(ForeignContainersEngineTests.exec(container, "cat", "/built-on"))
                    .isEqualTo("s390x");
        }
    }

    private static Throwable startFailure(ImageFromDockerfile image) {
        try (GenericContainer<?> container = bound(image)) {
            return catchThrowable(() -> ForeignContainers.start(container));
        }
    }

    private static GenericContainer<?> bound(ImageFromDockerfile image) {
        return ForeignContainers.bind(
                new GenericContainer<>(image.withBuildImageCmdModifier(build -> build.withPlatform("linux/s390x"))),
                S390X);
    }
}
