package dev.foreignarch.container;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.containers.wait.strategy.WaitStrategyTarget;

/**
 * The ports of a container as they are seen from here, where tests will connect to them.
 *
 * <p>A connection proves little, since the engine's proxy accepts it in the container's place; but the proxy drops it at
 * once when nobody listens behind it. How soon that is depends on how busy the machine is, so the drops that were seen tell
 * how long a connection must last to count. Where the container's own connections can be seen, it counts when it is one of
 * them.
 */
final class MappedPorts {

    private static final int CONNECT_MILLIS = 1_000;
    private static final int SHORTEST_HOLD_MILLIS = 100;
    private static final int LONGEST_HOLD_MILLIS = 1_000;
    private static final int LOOK_MILLIS = 2;
    private static final int DROPS_PER_HOLD = 5;

    /** Tests may run where the engine's ports can't be reached, and use the container in another way. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Logger LOG = LoggerFactory.getLogger(PortsWaitStrategy.class);

    private final WaitStrategyTarget container;
    private final Map<Integer, Instant> unreachableSince = new HashMap<>();

    /** How long the proxy took to drop a connection, at most; unknown as long as none was dropped. */
    private Optional<Duration> slowestDrop = Optional.empty();

    /** What became of a connection. */
    private enum Line {
        /** No proxy makes up a byte. */
        ANSWERED,
        HELD,
        DROPPED
    }

    MappedPorts(WaitStrategyTarget container) {
        this.container = container;
    }

    /** Tell whether a port is served, of a container whose own connections are out of sight. */
    boolean isServed(int port) {
        try (Socket socket = connect(port)) {
            return look(socket) != Line.DROPPED;
        } catch (IOException notEvenAccepted) {
            return false;
        }
    }

    /**
     * Tell whether a connection from here arrives at a port on which a program of the container listens.
     *
     * <p>If none can be made for a while, though the program listens on all addresses, the port can't be reached from here,
     * and what the container shows must be enough.
     */
    boolean leadsTo(int port, ContainerPorts seen) {
        try (Socket socket = connect(port)) {
            return arrives(socket, port);
        } catch (IOException | IllegalArgumentException notAccepted) {
            Instant since = unreachableSince.computeIfAbsent(port, first -> Instant.now());
            boolean unreachable =
                    seen.everywhere().contains(port) && since.plus(PATIENCE).isBefore(Instant.now());
            if (unreachable) {
                LOG.warn(
                        "Port {} of the container is served, but can't be reached from here: {}",
                        port,
                        notAccepted.toString());
            }
            return unreachable;
        }
    }

    private Socket connect(int port) throws IOException {
        InetSocketAddress address = new InetSocketAddress(container.getHost(), container.getMappedPort(port));
        Socket socket = new Socket();
        try {
            socket.connect(address, CONNECT_MILLIS);
        } catch (IOException refused) {
            socket.close();
            throw refused;
        }
        return socket;
    }

    private boolean arrives(Socket socket, int port) throws IOException {
        Instant end = Instant.now().plusMillis(LONGEST_HOLD_MILLIS);
        while (true) {
            Line line = look(socket, LOOK_MILLIS);
            // A server may close at once what it has answered: then the connection has been one of the container's.
            boolean seen = line == Line.ANSWERED
                    || ContainerPorts.of(container.getContainerInfo())
                            .filter(ports -> ports.connected().contains(port))
                            .isPresent();
            if (seen || line == Line.DROPPED || end.isBefore(Instant.now())) {
                return seen || line == Line.HELD;
            }
        }
    }

    private Line look(Socket socket) throws IOException {
        Instant accepted = Instant.now();
        Line line = look(socket, holdMillis());
        if (line == Line.DROPPED) {
            noteDrop(Duration.between(accepted, Instant.now()));
        }
        return line;
    }

    private static Line look(Socket socket, int millis) throws IOException {
        socket.setSoTimeout(millis);
        try {
            return socket.getInputStream().read() >= 0 ? Line.ANSWERED : Line.DROPPED;
        } catch (SocketTimeoutException held) {
            return Line.HELD;
        } catch (IOException reset) {
            LOG.trace("The connection was reset", reset);
            return Line.DROPPED;
        }
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
