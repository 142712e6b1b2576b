package dev.foreignarch.container;

import java.time.Duration;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.ImageNameSubstitutor;

/** A container of which the user gave nothing but the image: its ports are those that the image declares. */
final class ImageContainer extends GenericContainer<ImageContainer> {

    private final DockerImageName name;

    ImageContainer(DockerImageName name, Duration startupTimeout) {
        super(name);
        this.name = name;
        setWaitStrategy(new PortsWaitStrategy().withStartupTimeout(startupTimeout));
        // Images whose program is a shell end at once without an input to wait for.
        withCreateContainerCmdModifier(create -> create.withStdinOpen(true));
    }

    @Override
    public void start() {
        ExplainedStart.run(bound(), super::start);
    }

    @Override
    protected void configure() {
        if (getExposedPorts().isEmpty()) {
            addExposedPorts(bound().image(ImageNameSubstitutor.instance().apply(name)).tcpPorts().stream()
                    .mapToInt(Integer::intValue)
                    .toArray());
        }
    }

    private BoundContainer bound() {
        return BoundContainer.find(this)
                .orElseThrow(() -> new IllegalStateException("a container of an image is always bound"));
    }
}
