package dev.foreignarch.container;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;

/**
 * Waits until every exposed port of a container is served, as seen from outside.
 *
 * <p>Testcontainers' own strategy also looks from the inside, in a shell loop: that needs a shell in the image, and each
 * of its steps is an emulated process. From outside alone a connection proves little, since the engine's proxy accepts
 * it in the container's place; but the proxy drops it at once when nobody listens behind it.
 */
final class PortsWaitStrategy extends AbstractWaitStrategy {

    private static final int CONNECT_MILLIS = 1_000;
    private static final int HELD_MILLIS = 100;

    @Override
    protected void waitUntilReady() {
        for (int port : waitStrategyTarget.getExposedPorts()) {
            try {
                Awaitility.await()
                        .pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(50))
                        .atMost(startupTimeout)
                        .until(() ->
                                !waitStrategyTarget.isRunning() || isServed(waitStrategyTarget.getMappedPort(port)));
            } catch (ConditionTimeoutException notServed) {
                throw new ContainerLaunchException(
                        "Nothing serves port " + port + " of the container after " + startupTimeout.toSeconds() + " s",
                        notServed);
            }
        }
        if (!waitStrategyTarget.isRunning()) {
            throw new ContainerLaunchException("The container ended while it was starting");
        }
    }

    private boolean isServed(int mappedPort) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(waitStrategyTarget.getHost(), mappedPort), CONNECT_MILLIS);
            socket.setSoTimeout(HELD_MILLIS);
            return socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException held) {
            return true;
        } catch (IOException dropped) {
            return false;
        }
    }
}
