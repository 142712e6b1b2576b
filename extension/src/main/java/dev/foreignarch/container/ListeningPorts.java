package dev.foreignarch.container;

import com.github.dockerjava.api.command.InspectContainerResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The TCP ports that a container's programs listen on, if the container runs under this JVM's own kernel: Linux shows
 * the connections of each process's network in {@code /proc/PID/net/tcp} (proc_pid_net(5)). No program need run in the
 * container for it.
 */
final class ListeningPorts {

    private static final Path PROCESSES = Path.of("/proc");
    private static final String LISTENING = "0A";
    private static final String NONE = " inuse 0 ";

    /** Addresses that only the container itself can reach, as processors of either byte order show them. */
    private static final Set<String> LOOPBACK = Set.of(
            "0100007F", // 127.0.0.1
            "7F000001",
            "00000000000000000000000001000000", // ::1
            "00000000000000000000000000000001",
            "0000000000000000FFFF00000100007F", // ::ffff:127.0.0.1
            "00000000000000000000FFFF7F000001");

    private ListeningPorts() {}

    /** Return the ports that can be reached from outside; absent if another kernel runs the container. */
    static Optional<Set<Integer>> of(@Nullable InspectContainerResponse container) {
        return container == null
                        || container.getState() == null
                        || container.getState().getPidLong() == null
                ? Optional.empty()
                : of(PROCESSES.resolve(container.getState().getPidLong().toString()), container.getId());
    }

    /** The number alone could be another process's, on this machine or another one; its mounts name the container. */
    static Optional<Set<Integer>> of(Path process, String containerId) {
        try {
            if (!Files.readString(process.resolve("mountinfo")).contains(containerId)) {
                return Optional.empty();
            }
            Path net = process.resolve("net");
            List<String> connections = new ArrayList<>(connections(net, "sockstat", "TCP:", "tcp"));
            connections.addAll(connections(net, "sockstat6", "TCP6:", "tcp6"));
            return Optional.of(
                    connections.stream().flatMap(ListeningPorts::port).collect(Collectors.toSet()));
        } catch (IOException notOnThisMachine) {
            return Optional.empty();
        }
    }

    /**
     * Read a table of connections, unless the kernel counts none: for a table it searches the connections of the whole
     * machine, which takes it some milliseconds each time, while a container that is starting has none for long.
     */
    private static List<String> connections(Path net, String counts, String protocol, String table) throws IOException {
        Path file = net.resolve(table);
        return countsNone(net.resolve(counts), protocol) || !Files.exists(file) ? List.of() : Files.readAllLines(file);
    }

    private static boolean countsNone(Path counts, String protocol) throws IOException {
        return Files.exists(counts)
                && Files.readAllLines(counts).stream().anyMatch(line -> (line + " ").startsWith(protocol + NONE));
    }

    /** A line has a number, the local and the remote address, the state, and more. */
    private static Stream<Integer> port(String connection) {
        String[] fields = connection.strip().split("\\s+");
        if (fields.length < 4 || !fields[3].equals(LISTENING)) {
            return Stream.empty();
        }
        String[] local = fields[1].split(":", 2);
        return LOOPBACK.contains(local[0]) ? Stream.empty() : Stream.of(Integer.parseInt(local[1], 16));
    }
}
