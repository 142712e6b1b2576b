package dev.foreignarch.container;

import com.github.dockerjava.api.command.CreateContainerCmd;
import dev.foreignarch.arch.Architecture;
import dev.foreignarch.emulation.ArchitectureUnavailableException;
import dev.foreignarch.emulation.Emulation;
import dev.foreignarch.emulation.EmulationRequest;
import dev.foreignarch.emulation.Verdict;
import dev.foreignarch.engine.EngineException;
import dev.foreignarch.image.PinnedImage;
import dev.foreignarch.image.PlatformImageException;
import dev.foreignarch.image.PlatformImages;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.core.CreateContainerCmdModifier;
import org.testcontainers.utility.DockerImageName;

/**
 * The architecture of one container. It is in the container's list of modifiers, and so found again by whoever has the
 * container.
 */
final class BoundContainer implements CreateContainerCmdModifier {

    private static final Logger LOG = LoggerFactory.getLogger(ContainerBinding.class);

    private final GenericContainer<?> container;
    private final LastWords words;

    private Emulation emulation;
    private StartSlots slots;
    private Architecture architecture;
    private EmulationRequest request;
    private @Nullable ContainerEmulation emulated;
    private @Nullable PinnedImage image;

    private boolean bounded;
    private StartSlots.@Nullable Slot slot;

    private BoundContainer(
            GenericContainer<?> container,
            Emulation emulation,
            StartSlots slots,
            Architecture architecture,
            EmulationRequest request) {
        this.container = container;
        this.words = new LastWords(container);
        this.emulation = emulation;
        this.slots = slots;
        this.architecture = architecture;
        this.request = request;
    }

    static BoundContainer bind(
            GenericContainer<?> container,
            Emulation emulation,
            StartSlots slots,
            Architecture architecture,
            EmulationRequest request) {
        Optional<BoundContainer> already = find(container);
        if (already.isPresent()) {
            already.get().move(emulation, slots, architecture, request);
            return already.get();
        }
        BoundContainer bound = new BoundContainer(container, emulation, slots, architecture, request);
        container.getCreateContainerCmdModifiers().add(bound);
        // Testcontainers must not pull: it knows no platforms. The image is found when the container is created.
        container.withImagePullPolicy(name -> false);
        container.withLogConsumer(bound.words);
        container.setStartupCheckStrategy(new WatchedStartup(container.getStartupCheckStrategy(), bound.words));
        return bound;
    }

    static Optional<BoundContainer> find(GenericContainer<?> container) {
        return container.getCreateContainerCmdModifiers().stream()
                .filter(BoundContainer.class::isInstance)
                .map(BoundContainer.class::cast)
                .findFirst();
    }

    private synchronized void move(
            Emulation emulation, StartSlots slots, Architecture architecture, EmulationRequest request) {
        this.emulation = emulation;
        this.slots = slots;
        this.architecture = architecture;
        this.request = request;
        this.emulated = null;
        this.image = null;
    }

    /** Return the image, which is looked for once. The name is what the user gave, after substitution. */
    synchronized PinnedImage image(DockerImageName name) {
        PinnedImage found = image;
        if (found == null) {
            emulated = ContainerEmulation.decide(emulation, architecture, request);
            found = new PlatformImages(emulation.engine()).resolve(name, architecture.platform());
            image = found;
        }
        return found;
    }

    @Override
    public CreateContainerCmd modify(CreateContainerCmd create) {
        PinnedImage found = image(DockerImageName.parse(Objects.requireNonNull(create.getImage())));
        words.clear();
        takeSlot(found.name());
        LOG.info("Creating {} for {}, {}; the image is {}", found.name(), architecture, summary(), found.id());
        String platform = found.platform().toString();
        Map<String, String> labels = new HashMap<>(Objects.requireNonNullElse(create.getLabels(), Map.of()));
        labels.put(ContainerBinding.PLATFORM_LABEL, platform);
        create.withImage(found.id()).withPlatform(platform).withLabels(labels);
        emulated().apply(container, create);
        return create;
    }

    private synchronized ContainerEmulation emulated() {
        return Objects.requireNonNull(emulated, "decided when the image is found");
    }

    /** Not before here: a container's dependencies have started, and its image is there. */
    private synchronized void takeSlot(String image) {
        if (bounded && slot == null && !(emulated().verdict() instanceof Verdict.Native)) {
            slot = slots.take(image);
        }
    }

    private synchronized void bounded(boolean bounded) {
        this.bounded = bounded;
        if (!bounded && slot != null) {
            slot.close();
            slot = null;
        }
    }

    /** Return what runs the container, in a few words. */
    synchronized String summary() {
        return emulated == null ? "not tried" : emulated.summary();
    }

    /** Return the end of what the container has printed since it was last started. */
    String log() {
        return words.text();
    }

    /** Run what starts the container, say how long it took, and explain if it fails. */
    void start(Runnable start) {
        Instant began = Instant.now();
        bounded(true);
        try {
            start.run();
            insistOnSuccess();
            words.started();
        } catch (RuntimeException failure) {
            throw explained(failure, Duration.between(began, Instant.now()));
        } finally {
            bounded(false);
        }
        if (LOG.isInfoEnabled()) {
            LOG.info(
                    "{} is up on {} after {} s, {}",
                    container.getDockerImageName(),
                    architecture,
                    StartFailure.seconds(Duration.between(began, Instant.now())),
                    summary());
        }
    }

    /** Without a port to wait for, Testcontainers may take a container for started that is about to end with an error. */
    private void insistOnSuccess() {
        words.noteEnding();
        if (words.ending().filter(ending -> ending.exitCode() != 0).isPresent()) {
            container.stop();
            throw new ContainerLaunchException("The container ended while it was starting");
        }
    }

    /** It failed before it came to us: Testcontainers' own words are the right ones, but for a builder that can't. */
    private RuntimeException beforeTheImage(RuntimeException failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String words = String.valueOf(root.getMessage());
        return words.startsWith("Could not build image")
                ? PlatformImages.obstacleToBuilding(emulation.engine(), architecture.platform())
                        .<RuntimeException>map(obstacle -> new ForeignContainerException(
                                "The image was not built for " + architecture + " (" + words + "). " + obstacle,
                                failure))
                        .orElse(failure)
                : failure;
    }

    private RuntimeException explained(RuntimeException failure, Duration taken) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ArchitectureUnavailableException unavailable) {
                return unavailable;
            }
            if (cause instanceof PlatformImageException noImage) {
                return noImage;
            }
            if (cause instanceof EngineException engine) {
                return engine;
            }
            if (cause instanceof ForeignContainerException ofADependency) {
                return ofADependency;
            }
        }
        words.awaitEnd();
        PinnedImage created;
        ContainerEmulation used;
        synchronized (this) {
            created = image;
            used = emulated;
        }
        if (created == null || used == null) {
            return beforeTheImage(failure);
        }
        StartFailure explanation =
                new StartFailure(created, used.verdict(), used.cpu(), taken, words.lines(), words.ending(), failure);
        return new ForeignContainerException(explanation.message(), failure);
    }
}
