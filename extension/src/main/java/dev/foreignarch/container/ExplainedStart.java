package dev.foreignarch.container;

import dev.foreignarch.emulation.ArchitectureUnavailableException;
import dev.foreignarch.engine.EngineException;
import dev.foreignarch.image.BuildFailure;
import dev.foreignarch.image.PlatformImageException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.containers.ContainerLaunchException;

/** The start of a bound container: it says how long that took, and explains why it failed. */
final class ExplainedStart {

    private static final Logger LOG = LoggerFactory.getLogger(ContainerBinding.class);

    private final BoundContainer bound;
    private final LastWords words;
    private final Instant began = Instant.now();

    private ExplainedStart(BoundContainer bound) {
        this.bound = bound;
        this.words = bound.words();
    }

    /** Start a container, unless it has been started. */
    static void run(BoundContainer bound) {
        if (bound.container() instanceof ImageContainer explainsItself) {
            explainsItself.start();
        } else {
            run(bound, bound.container()::start);
        }
    }

    /**
     * Start a container, unless it has been started.
     *
     * @param start Testcontainers' own start of it
     */
    static void run(BoundContainer bound, Runnable start) {
        if (bound.container().getContainerId() == null) {
            Dependencies.startBound(bound.container());
            new ExplainedStart(bound).run(start);
        }
    }

    private void run(Runnable start) {
        bound.turn().begin();
        try (StartWatch watch = StartWatch.begin(bound.container())) {
            try {
                startInAttempts(start);
                bound.watch().afterStart();
                words.started();
            } catch (RuntimeException failure) {
                throw explained(failure, watch.seen());
            }
        } finally {
            bound.turn().end();
        }
        if (LOG.isInfoEnabled()) {
            LOG.info(
                    "{} is up on {} after {} s, {}",
                    bound.container().getDockerImageName(),
                    bound.architecture(),
                    StartFailure.seconds(taken()),
                    bound.watch().summary());
        }
    }

    private Duration taken() {
        return Duration.between(began, Instant.now());
    }

    /**
     * Without a port to wait for, Testcontainers may take a container for started that is about to end with an error, and
     * does not count that as one of the attempts that the user wants.
     */
    private void startInAttempts(Runnable start) {
        for (int left = bound.container().getStartupAttempts() - 1; ; left--) {
            start.run();
            words.noteEnding();
            if (words.ending().filter(ending -> ending.exitCode() != 0).isEmpty()) {
                return;
            }
            if (left <= 0) {
                words.awaitEnd();
                bound.container().stop();
                throw new ContainerLaunchException("The container ended while it was starting");
            }
            bound.container().stop();
        }
    }

    private RuntimeException explained(RuntimeException failure, StartWatch.Seen seen) {
        Duration taken = taken();
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
        Optional<EngineException> lost = EngineLoss.during(bound, failure);
        if (lost.isPresent()) {
            return lost.get();
        }
        words.awaitEnd();
        Optional<Creation> created = bound.creation();
        if (created.isEmpty()) {
            return beforeTheImage(failure);
        }
        ContainerEmulation used = created.get().emulation();
        StartFailure explanation = new StartFailure(
                created.get().image(), used.verdict(), used.cpu(), taken, words.lines(), words.ending(), seen, failure);
        return new ForeignContainerException(explanation.message(), failure);
    }

    /** It failed before it came to us: Testcontainers' own words are the right ones, but for a builder that can't. */
    private RuntimeException beforeTheImage(RuntimeException failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String told = String.valueOf(root.getMessage());
        return told.startsWith("Could not build image")
                ? BuildFailure.explanation(bound.engine(), bound.architecture().platform(), told)
                        .<RuntimeException>map(obstacle -> new ForeignContainerException(
                                "The image was not built for " + bound.architecture() + " (" + told + "). " + obstacle,
                                failure))
                        .orElse(failure)
                : failure;
    }
}
