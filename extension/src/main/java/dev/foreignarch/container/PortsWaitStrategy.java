package dev.foreignarch.container;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
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
 * of its steps is an emulated process. On the JVM's own machine the kernel tells. Elsewhere, and from outside alone, a
 * connection proves little, since the engine's proxy accepts
 * it in the container's place; but the proxy drops it at once when nobody listens behind it. How soon that is depends on
 * how busy the machine is, so the drops that were seen tell how long a connection must last to count.
 *
 * <p>Images declare ports that they serve only when told to, for example for TLS. So it is enough if some are served, and
 * no other one joined them for a while.
 */
final class PortsWaitStrategy extends AbstractWaitStrategy {

    private static final int CONNECT_MILLIS = 1_000;
    private static final int SHORTEST_HOLD_MILLIS = 100;
    private static final int LONGEST_HOLD_MILLIS = 1_000;
    private static final int DROPS_PER_HOLD = 5;
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(50);

    /** Whoever takes longer is looked at less often: what is lost by looking too late stays a part of the whole. */
    private static final int PAUSES_PER_WAIT = 10;

    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(500);
    private static final Duration QUIET = Duration.ofSeconds(10);
    private static final Logger LOG = LoggerFactory.getLogger(PortsWaitStrategy.class);

    /** How long the proxy took to drop a connection, at most; unknown as long as none was dropped. */
    private Optional<Duration> slowestDrop = Optional.empty();

    @Override
    protected void waitUntilReady() {
        Set<Integer> missing = new LinkedHashSet<>(waitStrategyTarget.getExposedPorts());
        int all = missing.size();
        Instant began = Instant.now();
        Instant end = began.plus(startupTimeout);
        Instant lastJoined = began;
        Instant lastAsked = began;
        slowestDrop = Optional.empty();
        while (!missing.isEmpty()) {
            Optional<Set<Integer>> listening = ListeningPorts.of(waitStrategyTarget.getContainerInfo());
            if (missing.removeIf(port -> listening
                    .map(ports -> ports.contains(port))
                    .orElseGet(() -> isServed(waitStrategyTarget.getMappedPort(port))))) {
                lastJoined = Instant.now();
            }
            if (missing.isEmpty()) {
                break;
            }
            if (missing.size() < all && lastJoined.plus(QUIET).isBefore(Instant.now())) {
                LOG.warn("Nothing serves the declared ports {} of the container; the others are served", missing);
                break;
            }
            // Whose table can be read lives; to ask the engine takes longer than to read.
            if (listening.isEmpty() || lastAsked.plus(BETWEEN_QUESTIONS).isBefore(Instant.now())) {
                insistOnRunning();
                lastAsked = Instant.now();
            }
            if (end.isBefore(Instant.now())) {
                throw new ContainerLaunchException(
                        "nothing serves the ports " + missing + " after " + startupTimeout.toSeconds() + " s");
            }
            pause(listening.isEmpty() ? LONGEST_PAUSE : pauseAfter(Duration.between(began, Instant.now())));
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

    /** Only asked if the container's own table of connections is out of reach. */
    private boolean isServed(int mappedPort) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(waitStrategyTarget.getHost(), mappedPort), CONNECT_MILLIS);
            return isHeld(socket);
        } catch (IOException notEvenAccepted) {
            return false;
        }
    }

    private boolean isHeld(Socket socket) throws SocketException {
        Instant accepted = Instant.now();
        socket.setSoTimeout(holdMillis());
        try {
            if (socket.getInputStream().read() >= 0) {
                return true;
            }
        } catch (SocketTimeoutException held) {
            return true;
        } catch (IOException reset) {
            LOG.trace("The connection was reset", reset);
        }
        noteDrop(Duration.between(accepted, Instant.now()));
        return false;
    }

    private void noteDrop(Duration taken) {
        slowestDrop = Optional.of(
                slowestDrop.filter(slowest -> slowest.compareTo(taken) >= 0).orElse(taken));
    }

    private int holdMillis() {
        return slowestDrop
                .map(drop -> drop.toMillis() * DROPS_PER_HOLD)
                .map(millis -> Math.max(SHORTEST_HOLD_MILLIS, Math.min(LONGEST_HOLD_MILLIS, millis)))
                .orElse((long) LONGEST_HOLD_MILLIS)
                .intValue();
    }
}
