package dev.foreignarch.container;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.emulation.Emulation;
import java.time.Duration;
import org.apiguardian.api.API;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * Binds containers of Testcontainers to an architecture.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public final class ContainerBinding {

    /** Label of a bound container: the platform that it runs on. It also keeps reusable containers of platforms apart. */
    public static final String PLATFORM_LABEL = "foreignarch.platform";

    private final Emulation emulation;
    private final Duration startupTimeout;

    /**
     * Bind containers on an engine.
     *
     * @param emulation the engine's emulation, which is prepared before a bound container starts
     * @param startupTimeout how long a container that {@link #create} makes may take to start
     */
    public ContainerBinding(Emulation emulation, Duration startupTimeout) {
        this.emulation = emulation;
        this.startupTimeout = startupTimeout;
    }

    /**
     * Let a container run on an architecture when it is started.
     *
     * <p>Everything happens at the start: the architecture is prepared, then the image is pulled for its platform and
     * verified, and the container is created of exactly that image. {@link GenericContainer#getDockerImageName()} stays
     * what it was. Binding again replaces the architecture.
     *
     * <p>The container's image pull policy is replaced. Whoever starts the container with its own method gets what
     * Testcontainers throws, with an {@link dev.foreignarch.emulation.ArchitectureUnavailableException} or a
     * {@link dev.foreignarch.image.PlatformImageException} as its cause where that is the reason; {@link #start} explains
     * the other failures, too.
     *
     * @param <C> type of the container
     * @param container a container that is not started
     * @param architecture the architecture
     * @return the container
     * @throws IllegalStateException if the container has been started
     */
    public <C extends GenericContainer<?>> C bind(C container, Architecture architecture) {
        if (container.getContainerId() != null) {
            throw new IllegalStateException("The container " + container.getContainerName()
                    + " has been started already, so it can't be moved to " + architecture
                    + ". Bind it before it is started.");
        }
        BoundContainer.bind(container, emulation, architecture);
        return container;
    }

    /**
     * Start a bound container and its dependencies, as {@link GenericContainer#start()} does, and explain it if that
     * fails.
     *
     * @param container a container that {@link #bind} or {@link #create} returned
     * @throws ForeignContainerException if the container does not start
     * @throws dev.foreignarch.emulation.ArchitectureUnavailableException if the architecture can't run on the engine
     * @throws dev.foreignarch.image.PlatformImageException if the image is not to be had for the architecture
     * @throws IllegalArgumentException if the container is not bound
     */
    public void start(GenericContainer<?> container) {
        BoundContainer bound = BoundContainer.find(container)
                .orElseThrow(() -> new IllegalArgumentException(
                        "The container is not bound to an architecture. Bind it before it is started."));
        if (container instanceof ImageContainer) {
            container.start();
        } else {
            bound.start(container::start);
        }
    }

    /**
     * Make a container of an image, with the TCP ports that the image declares. It counts as started when they are
     * served; of several ports some may never be, if no other one joined those that are for 10 seconds.
     *
     * @param image name of the image, as in {@code docker pull}
     * @param architecture the architecture
     * @return a container that is not started
     */
    public GenericContainer<?> create(String image, Architecture architecture) {
        ImageContainer container = new ImageContainer(DockerImageName.parse(image), startupTimeout);
        BoundContainer.bind(container, emulation, architecture);
        return container;
    }
}
