package dev.foreignarch.container;

import dev.foreignarch.image.PinnedImage;
import java.time.Duration;
import java.util.function.Supplier;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** A container of which the user gave nothing but the image: its ports are those that the image declares. */
final class ImageContainer extends GenericContainer<ImageContainer> {

    private final Supplier<PinnedImage> image;

    ImageContainer(DockerImageName name, Supplier<PinnedImage> image, Duration startupTimeout) {
        super(name);
        this.image = image;
        setWaitStrategy(new PortsWaitStrategy().withStartupTimeout(startupTimeout));
        // Images whose program is a shell end at once without an input to wait for.
        withCreateContainerCmdModifier(create -> create.withStdinOpen(true));
    }

    @Override
    protected void configure() {
        if (getExposedPorts().isEmpty()) {
            addExposedPorts(
                    image.get().tcpPorts().stream().mapToInt(Integer::intValue).toArray());
        }
    }
}
