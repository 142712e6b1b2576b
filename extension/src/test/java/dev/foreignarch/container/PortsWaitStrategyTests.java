package dev.foreignarch.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.dockerjava.api.command.InspectContainerResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.wait.strategy.WaitStrategyTarget;

/** What counts as served, seen through a proxy that accepts connections in the container's place. */
@Timeout(30)
class PortsWaitStrategyTests {

    @Test
    void aConnectionThatTheProxyDropsIsNotServed() throws IOException {
        try (Proxy proxy = new Proxy(3, Duration.ZERO)) {
            new PortsWaitStrategy().waitUntilReady(proxy.target());

            assertThat(proxy.accepted).hasValue(4);
        }
    }

    @Test
    void aBusyProxyMayTakeItsTimeToDropThem() throws IOException {
        try (Proxy proxy = new Proxy(3, Duration.ofMillis(400))) {
            new PortsWaitStrategy().waitUntilReady(proxy.target());

            assertThat(proxy.accepted).hasValue(4);
        }
    }

    @Test
    void aQuickProxyMakesForAQuickAnswer() throws IOException {
        try (Proxy proxy = new Proxy(1, Duration.ZERO)) {
            Instant began = Instant.now();
            new PortsWaitStrategy().waitUntilReady(proxy.target());

            assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofMillis(900));
        }
    }

    @Test
    void whatIsNotServedInTimeIsAFailure() throws IOException {
        try (Proxy proxy = new Proxy(Integer.MAX_VALUE, Duration.ZERO)) {
            assertThatExceptionOfType(ContainerLaunchException.class)
                    .isThrownBy(() -> new PortsWaitStrategy()
                            .withStartupTimeout(Duration.ofSeconds(1))
                            .waitUntilReady(proxy.target()))
                    .withMessage("nothing serves the ports [80] after 1 s");
        }
    }

    @Test
    void aPortThatTheUserExposedIsWaitedFor() throws IOException {
        try (Proxy served = new Proxy(0, Duration.ZERO);
                Proxy missing = new Proxy(Integer.MAX_VALUE, Duration.ZERO)) {
            assertThatExceptionOfType(ContainerLaunchException.class)
                    .isThrownBy(() -> new PortsWaitStrategy(Duration.ofMillis(100))
                            .withStartupTimeout(Duration.ofSeconds(2))
                            .waitUntilReady(both(served, missing)))
                    .withMessage("nothing serves the ports [81] after 2 s");
        }
    }

    @Test
    void aPortThatOnlyTheImageDeclaresMayStayWithoutAServer() throws IOException {
        try (Proxy served = new Proxy(0, Duration.ZERO);
                Proxy missing = new Proxy(Integer.MAX_VALUE, Duration.ZERO)) {
            PortsWaitStrategy strategy = new PortsWaitStrategy(Duration.ofMillis(100));
            strategy.onlyDeclared(true);

            strategy.withStartupTimeout(Duration.ofSeconds(20)).waitUntilReady(both(served, missing));

            assertThat(missing.accepted).hasPositiveValue();
        }
    }

    private static WaitStrategyTarget both(Proxy first, Proxy second) {
        return new Target(Map.of(80, first.server.getLocalPort(), 81, second.server.getLocalPort()));
    }

    /** Drops some connections, each after a while, and keeps those that come then. */
    private static final class Proxy implements AutoCloseable {
        private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final AtomicInteger accepted = new AtomicInteger();
        private final List<Socket> kept = new ArrayList<>();

        Proxy(int drops, Duration pause) throws IOException {
            Thread thread = new Thread(() -> serve(drops, pause), "proxy");
            thread.setDaemon(true);
            thread.start();
        }

        private void serve(int drops, Duration pause) {
            try {
                while (true) {
                    Socket socket = server.accept();
                    if (accepted.incrementAndGet() > drops) {
                        kept.add(socket);
                    } else {
                        Thread.sleep(pause.toMillis());
                        socket.close();
                    }
                }
            } catch (IOException | InterruptedException closed) {
                // The test is over.
            }
        }

        WaitStrategyTarget target() {
            return new Target(Map.of(80, server.getLocalPort()));
        }

        @Override
        public void close() throws IOException {
            server.close();
            for (Socket socket : kept) {
                socket.close();
            }
        }
    }

    /** A container that runs. */
    private record Target(Map<Integer, Integer> mappedPorts) implements WaitStrategyTarget {
        @Override
        public String getHost() {
            return "127.0.0.1";
        }

        @Override
        public boolean isRunning() {
            return true;
        }

        @Override
        public Integer getMappedPort(int originalPort) {
            return mappedPorts.get(originalPort);
        }

        @Override
        public List<Integer> getExposedPorts() {
            return mappedPorts.keySet().stream().sorted().toList();
        }

        @Override
        public InspectContainerResponse getContainerInfo() {
            return new InspectContainerResponse();
        }
    }
}
