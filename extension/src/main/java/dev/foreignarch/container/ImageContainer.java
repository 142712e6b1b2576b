package dev.foreignarch.container;

import java.time.Duration;
import java.util.List;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.ImageNameSubstitutor;

/** A container of which the user gave nothing but the image: its ports are those that the image declares. */
final class ImageContainer extends GenericContainer<ImageContainer> {

    private final DockerImageName name;
    private final PortsWaitStrategy ports = new PortsWaitStrategy();
    private List<Integer> declared = List.of();

    ImageContainer(DockerImageName name, Duration startupTimeout) {
        super(name);
        this.name = name;
        setWaitStrategy(ports.withStartupTimeout(startupTimeout));
        // Images whose program is a shell end at once without an input to wait for.
        withCreateContainerCmdModifier(create -> create.withStdinOpen(true));
    }

    @Override
    public void start() {
        ExplainedStart.run(bound(), super::start);
    }

    @Override
    protected void configure() {
        boolean onlyDeclared = getExposedPorts().isEmpty() || getExposedPorts().equals(declared);
        ports.onlyDeclared(onlyDeclared);
        if (onlyDeclared) {
            // Each time: the image for another architecture may declare others.
            declared =
                    bound().image(ImageNameSubstitutor.instance().apply(name)).tcpPorts();
            setExposedPorts(declared);
        }
    }

    private BoundContainer bound() {
        return BoundContainer.find(this)
                .orElseThrow(() -> new IllegalStateException("a container of an image is always bound"));
    }
}
