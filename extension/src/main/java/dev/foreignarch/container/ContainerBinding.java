package dev.foreignarch.container;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import com.github.dockerjava.api.command.CreateContainerCmd;
import dev.foreignarch.arch.Architecture;
import dev.foreignarch.emulation.Emulation;
import dev.foreignarch.image.PinnedImage;
import dev.foreignarch.image.PlatformImages;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.ImageNameSubstitutor;

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
    private final PlatformImages images;
    private final Duration startupTimeout;

    /**
     * Bind containers on an engine.
     *
     * @param emulation the engine's emulation, which is prepared before a bound container starts
     * @param startupTimeout how long a container that {@link #create} makes may take to start
     */
    public ContainerBinding(Emulation emulation, Duration startupTimeout) {
        this.emulation = emulation;
        this.images = new PlatformImages(emulation.engine());
        this.startupTimeout = startupTimeout;
    }

    /**
     * Let a container run on an architecture when it is started.
     *
     * <p>Everything happens at the start: the architecture is prepared, then the image is pulled for its platform and
     * verified, and the container is created of exactly that image. {@link GenericContainer#getDockerImageName()} stays
     * what it was. Binding again replaces the architecture.
     *
     * <p>The container's image pull policy is replaced. Preparing or pulling may fail at the start, with an
     * {@link dev.foreignarch.emulation.ArchitectureUnavailableException} or a
     * {@link dev.foreignarch.image.PlatformImageException} as the cause of what Testcontainers throws.
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
        PinnedOnce image = new PinnedOnce(architecture);
        attach(container, image);
        return container;
    }

    /** Testcontainers must not pull: it knows no platforms. The image is found when the container is created. */
    private static void attach(GenericContainer<?> container, PinnedOnce image) {
        container.withImagePullPolicy(name -> false);
        container.withCreateContainerCmdModifier(
                create -> apply(create, image.get(DockerImageName.parse(Objects.requireNonNull(create.getImage())))));
    }

    /**
     * Make a container of an image, with the TCP ports that the image declares. It counts as started when all of them
     * are served.
     *
     * @param image name of the image, as in {@code docker pull}
     * @param architecture the architecture
     * @return a container that is not started
     */
    public GenericContainer<?> create(String image, Architecture architecture) {
        DockerImageName name = DockerImageName.parse(image);
        PinnedOnce pinned = new PinnedOnce(architecture);
        ImageContainer container = new ImageContainer(
                name, () -> pinned.get(ImageNameSubstitutor.instance().apply(name)), startupTimeout);
        attach(container, pinned);
        return container;
    }

    private static void apply(CreateContainerCmd create, PinnedImage image) {
        Map<String, String> labels = new HashMap<>(Objects.requireNonNullElse(create.getLabels(), Map.of()));
        labels.put(PLATFORM_LABEL, image.platform().toString());
        create.withImage(image.id()).withPlatform(image.platform().toString()).withLabels(labels);
    }

    /** The image of one container, which is looked for once, when the container starts. */
    private final class PinnedOnce {
        private final Architecture architecture;
        private @Nullable PinnedImage image;

        private PinnedOnce(Architecture architecture) {
            this.architecture = architecture;
        }

        synchronized PinnedImage get(DockerImageName name) {
            PinnedImage found = image;
            if (found == null) {
                emulation.prepare(architecture).orThrow();
                found = images.resolve(name, architecture.platform());
                image = found;
            }
            return found;
        }
    }
}
