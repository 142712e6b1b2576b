package dev.foreignarch.container;

import static dev.foreignarch.arch.Architecture.AMD64;
import static dev.foreignarch.arch.Architecture.ARM64V8;
import static dev.foreignarch.arch.Architecture.S390X;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.engine.Engine;
import dev.foreignarch.engine.LoadedImage;
import dev.foreignarch.engine.ScratchImage;
import dev.foreignarch.image.EngineImages;
import dev.foreignarch.image.LocalRegistry;
import dev.foreignarch.image.PinnedImage;
import dev.foreignarch.image.PlatformImageException;
import dev.foreignarch.image.PlatformImages;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** What has to work on every engine, however old, foreign or remote. */
@Tag("engine")
@Tag("each-engine")
class EngineSmokeTests {

    private final Engine engine = Engine.ofTestcontainers();
    private final EngineImages here = new EngineImages(engine);
    private final String busybox = LocalRegistry.publish("smoke", "linux/amd64", "linux/s390x");

    @AfterEach
    void removeWhatThisTestBrought() {
        here.remove(busybox.substring(busybox.indexOf('/') + 1, busybox.lastIndexOf(':')));
    }

    @Test
    void aForeignImageIsFoundAndTheTagGivenBack() {
        here.pull(busybox);
        var before = here.id(busybox);

        PinnedImage image = new PlatformImages(engine).resolve(DockerImageName.parse(busybox), S390X.platform());

        assertThat(here.run(image, "uname", "-m")).isEqualTo("s390x");
        assertThat(here.id(busybox)).isEqualTo(before);
    }

    @Test
    void aBoundContainerRunsOnItsArchitectureAndAnUnboundOneOnTheHosts() {
        try (GenericContainer<?> foreign = ForeignContainers.bind(sleeper(), S390X);
                GenericContainer<?> host = sleeper()) {
            ForeignContainers.start(foreign);
            host.start();

            assertThat(ForeignContainersEngineTests.machine(foreign)).isEqualTo("s390x");
            assertThat(ForeignContainersEngineTests.machine(host)).isEqualTo("x86_64");
        }
    }

    @Test
    void aProgramOfTheHostInAForeignImageIsRefusedBeforeItStarts() {
        byte[] local = program(AMD64);
        try (LoadedImage image = engine.load(new ScratchImage(
                        LocalRegistry.unique("smoke") + ":1",
                        S390X.platform(),
                        Map.of("/bin/sleep", local),
                        Map.of()));
                GenericContainer<?> container = ForeignContainers.bind(
                        new GenericContainer<>(image.name()).withCommand("sleep", "600"), S390X)) {
            // Its own method: what is seen after the start would be told by ours only.
            assertThatThrownBy(container::start)
                    .rootCause()
                    .isInstanceOf(ForeignContainerException.class)
                    .hasMessageStartingWith(
                            image.name() + " can't start on s390x: it starts with /bin/sleep, a program for"
                                    + " amd64, though the image says that it is for linux/s390x.");
        }
    }

    @Test
    void theSummaryComesFromTheProcessesWhereTheEngineShowsThem() {
        try (GenericContainer<?> foreign = ForeignContainers.bind(sleeper(), S390X)) {
            ForeignContainers.start(foreign);

            // One of the engines has no ps.
            assertThat(ContainerBinding.summary(foreign))
                    .matches("emulated by \\S*qemu-s390x\\S*, version [0-9.]+"
                            + "( \\(not seen: the engine does not show its processes\\))?");
            assertThat(ContainerBinding.observations(foreign)).isEmpty();
        }
    }

    private byte[] program(Architecture architecture) {
        return engine.readFirst(
                        new PlatformImages(engine)
                                .resolve(DockerImageName.parse(busybox), architecture.platform())
                                .id(),
                        List.of("/bin/busybox"))
                .orElseThrow()
                .getValue();
    }

    @Test
    void anImageThatIsNotOfferedIsRefused() {
        assertThatExceptionOfType(PlatformImageException.class)
                .isThrownBy(() -> ForeignContainers.start(ForeignContainers.bind(sleeper(), ARM64V8)))
                .withMessageStartingWith(busybox + " is not offered for linux/arm64 (");
    }

    private GenericContainer<?> sleeper() {
        return new GenericContainer<>(busybox).withCommand("sleep", "600");
    }
}
