package dev.foreignarch.container;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;
import static org.apiguardian.api.API.Status.INTERNAL;

import com.github.dockerjava.api.command.CreateContainerCmd;
import dev.foreignarch.arch.Architecture;
import dev.foreignarch.emulation.Emulation;
import dev.foreignarch.emulation.EmulationMode;
import dev.foreignarch.emulation.EmulationRequest;
import dev.foreignarch.image.ImageName;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.apiguardian.api.API;
import org.testcontainers.containers.GenericContainer;

/**
 * Binds containers of Testcontainers to an architecture.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public final class ContainerBinding {

    /** Label of a bound container: the platform that it runs on. It also keeps reusable containers of platforms apart. */
    public static final String PLATFORM_LABEL = "foreignarch.platform";

    /** Label of a bound container: the architecture that it is bound to, by Docker's name. */
    @API(status = INTERNAL, since = "0.1")
    public static final String ARCHITECTURE_LABEL = "foreignarch.architecture";

    /**
     * How many emulated containers may start at once: a number from 1 on. By default two for each processor of the
     * engine's host, but no more than one for each 512 MiB of its memory. Value: {@value}.
     *
     * <p>It counts for containers that are started by {@link #start}, or made by {@link #create}, or injected into tests.
     * Containers that are up count no longer.
     */
    public static final String PARALLELISM = "foreignarch.parallelism";

    private final Emulation emulation;
    private final Duration startupTimeout;
    private final StartSlots slots;
    private final CheckedStarts starts = new CheckedStarts();

    /**
     * Bind containers on an engine.
     *
     * @param emulation the engine's emulation, which is prepared before a bound container starts
     * @param startupTimeout how long a container that {@link #create} makes may take to start
     */
    public ContainerBinding(Emulation emulation, Duration startupTimeout) {
        this(emulation, startupTimeout, OptionalInt.empty());
    }

    /**
     * Bind containers on an engine, with a bound of how many of them start at once.
     *
     * @param emulation the engine's emulation, which is prepared before a bound container starts
     * @param startupTimeout how long a container that {@link #create} makes may take to start
     * @param parallelism how many emulated containers may start at once, from 1 on; if absent, what suits the engine
     * @throws IllegalArgumentException if that is less than 1
     * @see #PARALLELISM
     */
    public ContainerBinding(Emulation emulation, Duration startupTimeout, OptionalInt parallelism) {
        this.emulation = emulation;
        this.startupTimeout = startupTimeout;
        this.slots = parallelism.isPresent()
                ? new StartSlots(parallelism(String.valueOf(parallelism.getAsInt())))
                : StartSlots.suiting(emulation.engine().facts());
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
        return bind(container, architecture, EmulationRequest.DEFAULT);
    }

    /**
     * Let a container run on an architecture when it is started, emulated as asked for.
     *
     * <p>Where no handler of the kernel runs the architecture, or {@link EmulationMode#EXPLICIT} asks for it, the container
     * gets an emulator of its own, which is put before its command. That serves a container whose entry point is one
     * program; one that starts with a script of a shell is refused when it is started. What runs in it later, such as by
     * {@code execInContainer}, needs a handler.
     *
     * @param <C> type of the container
     * @param container a container that is not started
     * @param architecture the architecture
     * @param request how it is emulated
     * @return the container
     * @throws IllegalStateException if the container has been started
     * @see #bind(GenericContainer, Architecture)
     */
    public <C extends GenericContainer<?>> C bind(C container, Architecture architecture, EmulationRequest request) {
        bind(container, architecture, request, false);
        return container;
    }

    /**
     * Let a container run on the architecture of a test, for as long as that lasts.
     *
     * @param container a container that is not started
     * @param architecture the architecture
     * @param request how it is emulated
     * @throws IllegalStateException if the container has been started
     */
    @API(status = INTERNAL, since = "0.1")
    public void bindForTest(GenericContainer<?> container, Architecture architecture, EmulationRequest request) {
        bind(container, architecture, request, true);
    }

    /**
     * Let a container on which another one depends run on the architecture of a test, too, unless it has been started, or
     * the user has bound it.
     *
     * @param dependency one of {@link #dependencies}
     * @param architecture the architecture
     * @param request how it is emulated
     * @return whether it is bound now
     */
    @API(status = INTERNAL, since = "0.1")
    public boolean bindDependency(GenericContainer<?> dependency, Architecture architecture, EmulationRequest request) {
        boolean free = dependency.getContainerId() == null
                && BoundContainer.find(dependency)
                        .filter(bound -> !bound.binding().byTest())
                        .isEmpty();
        if (free) {
            bind(dependency, architecture, request, true);
        }
        return free;
    }

    /**
     * Return the containers that a container depends on, directly or by others, each behind those that it depends on
     * itself.
     *
     * @param container the container
     */
    @API(status = INTERNAL, since = "0.1")
    public static List<GenericContainer<?>> dependencies(GenericContainer<?> container) {
        return Dependencies.of(container);
    }

    private void bind(
            GenericContainer<?> container, Architecture architecture, EmulationRequest request, boolean byTest) {
        if (container.getContainerId() != null) {
            throw new IllegalStateException("The container " + container.getContainerName()
                    + " has been started already, so it can't be moved to " + architecture
                    + ". Bind it before it is started.");
        }
        BoundContainer.bind(
                container, new BoundContainer.Binding(emulation, slots, starts, architecture, request, byTest));
    }

    /**
     * Let a container run on an architecture of which only the command is known that creates it. One that turns out to be
     * bound already, or whose platform was chosen, stays what it is.
     *
     * @param create the command
     * @param architecture the architecture
     * @param request how it is emulated
     */
    @API(status = INTERNAL, since = "0.1")
    public void bind(CreateContainerCmd create, Architecture architecture, EmulationRequest request) {
        new LateBinding(create, emulation, architecture, request).prepare();
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
        ExplainedStart.run(bound(container));
    }

    /**
     * Make a container of an image, with the TCP ports that the image declares. It counts as started when they are
     * served; of several ports some may never be, if no other one joined those that are for 10 seconds.
     *
     * @param image name of the image, as in {@code docker pull}; {@code {docker}}, {@code {debian}}, {@code {qemu}} and
     *     {@code {platform}} in it stand for the architecture's names
     * @param architecture the architecture
     * @return a container that is not started
     * @throws dev.foreignarch.image.PlatformImageException if that is no name of an image
     */
    public GenericContainer<?> create(String image, Architecture architecture) {
        return create(image, architecture, EmulationRequest.DEFAULT);
    }

    /**
     * Make a container of an image, with the TCP ports that the image declares, emulated as asked for.
     *
     * @param image name of the image, as in {@code docker pull}
     * @param architecture the architecture
     * @param request how it is emulated
     * @return a container that is not started
     * @see #create(String, Architecture)
     * @see #bind(GenericContainer, Architecture, EmulationRequest)
     */
    public GenericContainer<?> create(String image, Architecture architecture, EmulationRequest request) {
        ImageContainer container = new ImageContainer(ImageName.of(image, architecture), startupTimeout);
        bind(container, architecture, request, false);
        return container;
    }

    /**
     * Return what runs a bound container, for example {@code emulated by /usr/bin/qemu-arm-static, version 7.2.22}.
     *
     * @param container a container that {@link #bind} or {@link #create} returned, started or not
     * @throws IllegalArgumentException if the container is not bound
     */
    public static String summary(GenericContainer<?> container) {
        return bound(container).watch().summary();
    }

    /**
     * Return what a bound container has printed since it was last started, also if it is gone. Of more than a million
     * characters it is the end.
     *
     * @param container a container that {@link #bind} or {@link #create} returned
     * @throws IllegalArgumentException if the container is not bound
     */
    @API(status = INTERNAL, since = "0.1")
    public static String log(GenericContainer<?> container) {
        return bound(container).words().text();
    }

    /**
     * Look at the processes of a bound container once more, before it is stopped, by one call of the engine.
     *
     * @param container a container that {@link #start} has started
     * @throws ForeignContainerException if none of its processes is of its architecture
     * @throws IllegalArgumentException if the container is not bound
     */
    @API(status = INTERNAL, since = "0.1")
    public static void lookBeforeStop(GenericContainer<?> container) {
        bound(container).watch().look(Looks.BEFORE_STOP);
    }

    /**
     * Return which programs were seen in a bound container that are not of its architecture, and when they were seen first,
     * for example {@code /bin/tool natively (seen after the start)}.
     *
     * @param container a container that {@link #bind} or {@link #create} returned
     * @throws IllegalArgumentException if the container is not bound
     */
    @API(status = INTERNAL, since = "0.1")
    public static List<String> observations(GenericContainer<?> container) {
        return bound(container).watch().observations();
    }

    private static BoundContainer bound(GenericContainer<?> container) {
        return BoundContainer.find(container)
                .orElseThrow(() -> new IllegalArgumentException(
                        "The container is not bound to an architecture. Bind it before it is started."));
    }

    /**
     * Read a value of {@link #PARALLELISM}.
     *
     * @param value the value
     * @return the number
     * @throws IllegalArgumentException if it is no number from 1 on; the message says what is allowed
     */
    public static int parallelism(String value) {
        if (!value.matches("\\d{1,6}") || Integer.parseInt(value) == 0) {
            throw new IllegalArgumentException(PARALLELISM + " is '" + value
                    + "', but it is the number of emulated containers that may start at once: 1 or more.");
        }
        return Integer.parseInt(value);
    }
}
