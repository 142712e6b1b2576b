package dev.foreignarch.container;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.emulation.Emulation;
import java.time.Duration;
import org.apiguardian.api.API;
import org.testcontainers.containers.GenericContainer;

/**
 * Binds containers of Testcontainers to an architecture.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public final class ContainerBinding {

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
     * @param <C> type of the container
     * @param container a container that is not started
     * @param architecture the architecture
     * @return the container
     */
    public <C extends GenericContainer<?>> C bind(C container, Architecture architecture) {
        throw new UnsupportedOperationException(container + " " + architecture + emulation + startupTimeout);
    }

    /**
     * Make a container of an image, with the ports that the image declares.
     *
     * @param image name of the image, as in {@code docker pull}
     * @param architecture the architecture
     * @return a container that is not started
     */
    public GenericContainer<?> create(String image, Architecture architecture) {
        throw new UnsupportedOperationException(image + architecture);
    }
}
