package dev.foreignarch.container;

import static java.util.function.Predicate.not;

import com.github.dockerjava.api.command.InspectContainerResponse;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The TCP ports of a container, if it runs under this JVM's own kernel: Linux shows the connections of each process's
 * network in {@code /proc/PID/net/tcp} (proc_pid_net(5)). No program need run in the container for it.
 *
 * @param listening the ports that programs listen on where they can be reached from outside
 * @param everywhere those of them where a program listens on all addresses of the container
 * @param inside the ports that programs listen on for the container itself only
 * @param connected the ports to which somebody outside is connected, or was a moment ago
 */
record ContainerPorts(Set<Integer> listening, Set<Integer> everywhere, Set<Integer> inside, Set<Integer> connected) {

    private static final Path PROCESSES = Path.of("/proc");
    private static final String LISTENING = "0A";
    private static final String NONE = " inuse 0 ";

    /** ESTABLISHED, FIN_WAIT1, FIN_WAIT2, TIME_WAIT, CLOSE_WAIT: somebody is connected, or was a moment ago. */
    private static final Set<String> CONNECTED = Set.of("01", "04", "05", "06", "08");

    ContainerPorts {
        listening = Set.copyOf(listening);
        everywhere = Set.copyOf(everywhere);
        inside = Set.copyOf(inside);
        connected = Set.copyOf(connected);
    }

    /** Return the ports of a container; absent if another kernel runs it. */
    static Optional<ContainerPorts> of(@Nullable InspectContainerResponse container) {
        return container == null
                        || container.getState() == null
                        || container.getState().getPidLong() == null
                ? Optional.empty()
                : of(PROCESSES.resolve(container.getState().getPidLong().toString()), container.getId());
    }

    /** The number alone could be another process's, on this machine or another one; its mounts name the container. */
    static Optional<ContainerPorts> of(Path process, String containerId) {
        try {
            if (!Files.readString(process.resolve("mountinfo")).contains(containerId)) {
                return Optional.empty();
            }
            Path net = process.resolve("net");
            List<Connection> connections = new ArrayList<>(connections(net, "sockstat", "TCP:", "tcp"));
            connections.addAll(connections(net, "sockstat6", "TCP6:", "tcp6"));
            return Optional.of(of(connections));
        } catch (IOException notOnThisMachine) {
            return Optional.empty();
        }
    }

    private static ContainerPorts of(Collection<Connection> connections) {
        List<Connection> listeners =
                connections.stream().filter(each -> each.is(LISTENING)).toList();
        Set<Integer> listening = ports(listeners.stream().filter(not(Connection::isLoopback)));
        Set<Integer> everywhere = ports(listeners.stream().filter(Connection::isOfAllAddresses));
        Set<Integer> inside = ports(listeners.stream().filter(each -> !listening.contains(each.port())));
        Set<Integer> connected = ports(connections.stream()
                .filter(each -> CONNECTED.contains(each.state()))
                .filter(not(Connection::isLoopback)));
        return new ContainerPorts(listening, everywhere, inside, connected);
    }

    private static Set<Integer> ports(Stream<Connection> connections) {
        return connections.map(Connection::port).collect(Collectors.toSet());
    }

    /**
     * Read a table of connections, unless the kernel counts none: for a table it searches the connections of the whole
     * machine, which takes it some milliseconds each time, while a container that is starting has none for long.
     */
    private static List<Connection> connections(Path net, String counts, String protocol, String table)
            throws IOException {
        Path file = net.resolve(table);
        return countsNone(net.resolve(counts), protocol) || !Files.exists(file)
                ? List.of()
                : Files.readAllLines(file).stream().flatMap(Connection::parse).toList();
    }

    private static boolean countsNone(Path counts, String protocol) throws IOException {
        return Files.exists(counts)
                && Files.readAllLines(counts).stream().anyMatch(line -> (line + " ").startsWith(protocol + NONE));
    }

    /** One line of a table: the local end, and the state. */
    private record Connection(String address, int port, String state) {

        /** Addresses that only the container itself can reach: the kernel shows words of its own byte order. */
        private static final Pattern LOOPBACK = Pattern.compile(
                ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN
                        ? "(0{16}FFFF0{4})?.{6}7F|0{24}01000000" // 127.0.0.0/8, the same in IPv6, ::1
                        : "(0{20}FFFF)?7F.{6}|0{31}1");

        /** A line has a number, the local and the remote address, the state, and more. */
        static Stream<Connection> parse(String line) {
            String[] fields = line.strip().split("\\s+");
            if (fields.length < 4 || !fields[1].contains(":")) {
                return Stream.empty();
            }
            String[] local = fields[1].split(":", 2);
            return Stream.of(new Connection(local[0], Integer.parseInt(local[1], 16), fields[3]));
        }

        boolean is(String wanted) {
            return state.equals(wanted);
        }

        boolean isOfAllAddresses() {
            return address.chars().allMatch(digit -> digit == '0');
        }

        boolean isLoopback() {
            return LOOPBACK.matcher(address).matches();
        }
    }
}
