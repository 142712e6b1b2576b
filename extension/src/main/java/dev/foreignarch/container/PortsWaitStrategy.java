package dev.foreignarch.container;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;

/**
 * Waits until the exposed ports of a container are served, as seen from outside.
 *
 * <p>Testcontainers' own strategy also looks from the inside, in a shell loop: that needs a shell in the image, and each
 * of its steps is an emulated process. On the JVM's own machine the kernel tells when there is something to connect to.
 *
 * <p>Images declare ports that they serve only when told to, for example for TLS. So of those it is enough if some are
 * served, and no other one joined them for a while. Ports that the user exposes must be served all.
 */
final class PortsWaitStrategy extends AbstractWaitStrategy {

    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(50);

    /** Whoever takes longer is looked at less often: what is lost by looking too late stays a part of the whole. */
    private static final int PAUSES_PER_WAIT = 10;

    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(500);
    private static final Duration QUIET = Duration.ofSeconds(10);
    private static final Logger LOG = LoggerFactory.getLogger(PortsWaitStrategy.class);

    private final Duration quiet;
    private boolean onlyDeclared;

    PortsWaitStrategy() {
        this(QUIET);
    }

    /** Make a strategy that waits as long as given for another declared port. */
    PortsWaitStrategy(Duration quiet) {
        this.quiet = quiet;
    }

    /** Say whether the exposed ports are only those that the image declares, rather than chosen by the user. */
    void onlyDeclared(boolean onlyDeclared) {
        this.onlyDeclared = onlyDeclared;
    }

    @Override
    protected void waitUntilReady() {
        Set<Integer> missing = new LinkedHashSet<>(waitStrategyTarget.getExposedPorts());
        MappedPorts mapped = new MappedPorts(waitStrategyTarget);
        int all = missing.size();
        Instant began = Instant.now();
        Instant end = began.plus(startupTimeout);
        Instant lastJoined = began;
        Instant lastAsked = began;
        while (!missing.isEmpty()) {
            Optional<ContainerPorts> seen = ContainerPorts.of(waitStrategyTarget.getContainerInfo());
            if (missing.removeIf(
                    port -> seen.map(ports -> ports.listening().contains(port) && mapped.leadsTo(port, ports))
                            .orElseGet(() -> mapped.isServed(port)))) {
                lastJoined = Instant.now();
            }
            if (missing.isEmpty()) {
                break;
            }
            if (onlyDeclared && missing.size() < all && lastJoined.plus(quiet).isBefore(Instant.now())) {
                LOG.warn("Nothing serves the declared ports {} of the container; the others are served", missing);
                break;
            }
            // Whose table can be read lives; to ask the engine takes longer than to read.
            if (seen.isEmpty() || lastAsked.plus(BETWEEN_QUESTIONS).isBefore(Instant.now())) {
                insistOnRunning();
                lastAsked = Instant.now();
            }
            if (end.isBefore(Instant.now())) {
                throw new ContainerLaunchException(
                        "nothing serves the ports " + missing + " after " + startupTimeout.toSeconds() + " s");
            }
            pause(seen.isEmpty() ? LONGEST_PAUSE : pauseAfter(Duration.between(began, Instant.now())));
        }
        insistOnRunning();
    }

    private void insistOnRunning() {
        if (!waitStrategyTarget.isRunning()) {
            throw new ContainerLaunchException("The container ended while it was starting");
        }
    }

    private static Duration pauseAfter(Duration waited) {
        Duration pause = waited.dividedBy(PAUSES_PER_WAIT);
        if (pause.compareTo(SHORTEST_PAUSE) < 0) {
            return SHORTEST_PAUSE;
        }
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    private static void pause(Duration length) {
        try {
            Thread.sleep(length.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ContainerLaunchException("Waiting for the container's ports was interrupted", interrupted);
        }
    }
}
