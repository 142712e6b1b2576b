package dev.foreignarch.container;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.command.InspectContainerResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.containers.wait.strategy.WaitStrategyTarget;

/** Ports that a container shows to be served, tried from outside. */
@Timeout(30)
class MappedPortsTests {

    private static final ContainerPorts EVERYWHERE = new ContainerPorts(Set.of(80), Set.of(80), Set.of(), Set.of());
    private static final ContainerPorts SOMEWHERE = new ContainerPorts(Set.of(80), Set.of(), Set.of(), Set.of());

    @Test
    void an_engine_whose_ports_can_not_be_reached_from_here_is_believed_after_a_while() throws IOException {
        MappedPorts unreachable = new MappedPorts(new Target(closedPort()));

        Instant began = Instant.now();
        assertThat(unreachable.leadsTo(80, EVERYWHERE)).isFalse();
        while (!unreachable.leadsTo(80, EVERYWHERE)) {
            Thread.onSpinWait();
        }

        assertThat(Duration.between(began, Instant.now())).isGreaterThanOrEqualTo(Duration.ofSeconds(3));
        assertThat(unreachable.leadsTo(80, SOMEWHERE)).isFalse();
    }

    @Test
    void a_connection_that_is_dropped_does_not_count() throws Exception {
        try (ServerSocket proxy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread dropping = new Thread(() -> acceptAndDrop(proxy, ""), "proxy");
            dropping.start();

            assertThat(new MappedPorts(new Target(proxy.getLocalPort())).leadsTo(80, EVERYWHERE))
                    .isFalse();
            dropping.join();
        }
    }

    @Test
    void a_connection_that_is_dropped_after_an_answer_counts() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread answering = new Thread(() -> acceptAndDrop(server, "42\n"), "server");
            answering.start();

            assertThat(new MappedPorts(new Target(server.getLocalPort())).leadsTo(80, EVERYWHERE))
                    .isTrue();
            answering.join();
        }
    }

    private static void acceptAndDrop(ServerSocket server, String answer) {
        try (Socket accepted = server.accept()) {
            accepted.getOutputStream().write(answer.getBytes(US_ASCII));
        } catch (IOException closed) {
            // Then the test fails.
        }
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** A container with one port. */
    private record Target(int mappedPort) implements WaitStrategyTarget {
        @Override
        public String getHost() {
            return "127.0.0.1";
        }

        @Override
        public Integer getMappedPort(int originalPort) {
            return mappedPort;
        }

        @Override
        public List<Integer> getExposedPorts() {
            return List.of(80);
        }

        @Override
        public InspectContainerResponse getContainerInfo() {
            return new InspectContainerResponse();
        }
    }
}
