package dev.foreignarch.container;

import com.github.dockerjava.api.command.CreateContainerCmd;
import dev.foreignarch.arch.Architecture;
import dev.foreignarch.emulation.ArchitectureUnavailableException;
import dev.foreignarch.emulation.Emulation;
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
    private Architecture architecture;
    private @Nullable Verdict verdict;
    private @Nullable PinnedImage image;

    private BoundContainer(GenericContainer<?> container, Emulation emulation, Architecture architecture) {
        this.container = container;
        this.words = new LastWords(container);
        this.emulation = emulation;
        this.architecture = architecture;
    }

    static BoundContainer bind(GenericContainer<?> container, Emulation emulation, Architecture architecture) {
        Optional<BoundContainer> already = find(container);
        if (already.isPresent()) {
            already.get().move(emulation, architecture);
            return already.get();
        }
        BoundContainer bound = new BoundContainer(container, emulation, architecture);
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

    private synchronized void move(Emulation emulation, Architecture architecture) {
        this.emulation = emulation;
        this.architecture = architecture;
        this.verdict = null;
        this.image = null;
    }

    /** Return the image, which is looked for once. The name is what the user gave, after substitution. */
    synchronized PinnedImage image(DockerImageName name) {
        PinnedImage found = image;
        if (found == null) {
            verdict = emulation.prepare(architecture).orThrow();
            found = new PlatformImages(emulation.engine()).resolve(name, architecture.platform());
            image = found;
        }
        return found;
    }

    @Override
    public CreateContainerCmd modify(CreateContainerCmd create) {
        PinnedImage found = image(DockerImageName.parse(Objects.requireNonNull(create.getImage())));
        words.clear();
        LOG.info("Creating {} for {}, {}; the image is {}", found.name(), architecture, summary(), found.id());
        String platform = found.platform().toString();
        Map<String, String> labels = new HashMap<>(Objects.requireNonNullElse(create.getLabels(), Map.of()));
        labels.put(ContainerBinding.PLATFORM_LABEL, platform);
        return create.withImage(found.id()).withPlatform(platform).withLabels(labels);
    }

    private synchronized String summary() {
        return verdict == null ? "not tried" : verdict.summary();
    }

    /** Run what starts the container, say how long it took, and explain if it fails. */
    void start(Runnable start) {
        Instant began = Instant.now();
        try {
            start.run();
            insistOnSuccess();
        } catch (RuntimeException failure) {
            throw explained(failure, Duration.between(began, Instant.now()));
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
        synchronized (this) {
            created = image;
        }
        if (created == null) {
            // It failed before it came to us: Testcontainers' own words are the right ones.
            return failure;
        }
        StartFailure explanation =
                new StartFailure(created, architecture, summary(), taken, words.lines(), words.ending(), failure);
        return new ForeignContainerException(explanation.message(), failure);
    }
}
