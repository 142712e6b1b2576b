package dev.foreignarch.container;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.emulation.Emulation;
import dev.foreignarch.emulation.EmulationRequest;
import java.time.Duration;
import java.util.OptionalInt;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.WaitStrategy;

/**
 * Containers of foreign architectures without JUnit: in a Spring {@code @Bean}, a Spock specification or a {@code main}.
 *
 * {@snippet lang = java:
 * PostgreSQLContainer db = ForeignContainers.bind(new PostgreSQLContainer("postgres:15"), Architecture.ARM32V7);
 * ForeignContainers.start(db); // or db.start(), with Testcontainers' own error messages
 * }
 *
 * <p>They run on the engine that Testcontainers finds, with the settings in the system properties; {@code
 * foreignarch.startup.timeout} counts in JUnit only.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public final class ForeignContainers {

    /** How long a container that {@link #create} makes may take to start: 5 minutes, since emulation is slow. */
    public static final Duration STARTUP_TIMEOUT = Duration.ofMinutes(5);

    private static @Nullable ContainerBinding binding;

    private ForeignContainers() {}

    /**
     * Let a container run on an architecture when it is started.
     *
     * @param <C> type of the container
     * @param container a container that is not started
     * @param architecture the architecture
     * @return the container
     * @see ContainerBinding#bind(GenericContainer, Architecture)
     */
    public static <C extends GenericContainer<?>> C bind(C container, Architecture architecture) {
        return bind(container, architecture, EmulationRequest.DEFAULT);
    }

    /**
     * Let a container run on an architecture when it is started, emulated as asked for.
     *
     * @param <C> type of the container
     * @param container a container that is not started
     * @param architecture the architecture
     * @param request how it is emulated
     * @return the container
     * @see ContainerBinding#bind(GenericContainer, Architecture, EmulationRequest)
     */
    public static <C extends GenericContainer<?>> C bind(
            C container, Architecture architecture, EmulationRequest request) {
        C bound = binding().bind(container, architecture, request);
        BoundByHand.add(bound);
        return bound;
    }

    /**
     * Make a container of an image, with the TCP ports that the image declares.
     *
     * @param image name of the image, as in {@code docker pull}, perhaps with placeholders such as {@code {docker}}
     * @param architecture the architecture
     * @return a container that is not started
     * @see ContainerBinding#create(String, Architecture)
     */
    public static GenericContainer<?> create(String image, Architecture architecture) {
        GenericContainer<?> bound = binding().create(image, architecture);
        BoundByHand.add(bound);
        return bound;
    }

    /**
     * Start a bound container, and explain it if that fails.
     *
     * @param container a container that {@link #bind} or {@link #create} returned
     * @see ContainerBinding#start(GenericContainer)
     */
    public static void start(GenericContainer<?> container) {
        binding().start(container);
    }

    /**
     * Make a wait strategy that suits emulated containers: it looks from outside whether the exposed ports are served, and
     * costs the container nothing.
     *
     * <p>Use it to give a container more time. {@link GenericContainer#withStartupTimeout(Duration)} alone changes the
     * limit of every container of the JVM that has Testcontainers' default strategy, which is one shared object.
     *
     * {@snippet lang = java:
     * new GenericContainer<>("redis:7").withExposedPorts(6379).waitingFor(portsServed(Duration.ofMinutes(5)));
     * }
     *
     * @param limit how long the container may take
     * @return a strategy for one container
     */
    public static WaitStrategy portsServed(Duration limit) {
        return new PortsWaitStrategy().withStartupTimeout(limit);
    }

    private static OptionalInt parallelism() {
        String value = System.getProperty(ContainerBinding.PARALLELISM, "").strip();
        return value.isEmpty() ? OptionalInt.empty() : OptionalInt.of(ContainerBinding.parallelism(value));
    }

    /** Made when it is first needed, and closed with the JVM. If that fails, the next call tries again. */
    private static synchronized ContainerBinding binding() {
        ContainerBinding known = binding;
        if (known == null) {
            OptionalInt parallelism = parallelism();
            Emulation emulation = Emulation.onDefaultEngine();
            Runtime.getRuntime().addShutdownHook(new Thread(emulation::close, "foreignarch-close"));
            known = new ContainerBinding(emulation, STARTUP_TIMEOUT, parallelism);
            binding = known;
        }
        return known;
    }
}
