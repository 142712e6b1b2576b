package dev.foreignarch.container;

import com.github.dockerjava.api.command.InspectContainerResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.containers.GenericContainer;

/**
 * Looks at a container from time to time while it is starting. Testcontainers removes one that is not ready in time, and
 * nobody could tell anymore what it was doing.
 */
final class StartWatch implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(StartWatch.class);

    private final GenericContainer<?> container;
    private final CountDownLatch over = new CountDownLatch(1);

    private Seen seen = Seen.NOTHING;

    /**
     * What was seen of a container at last.
     *
     * @param exposed the ports that it exposes
     * @param ports the ports that it serves; absent if that can't be seen from here
     * @param health its health checks, if they failed
     */
    record Seen(List<Integer> exposed, Optional<ContainerPorts> ports, Optional<HealthLog> health) {

        static final Seen NOTHING = new Seen(List.of(), Optional.empty(), Optional.empty());

        Seen {
            exposed = List.copyOf(exposed);
        }
    }

    private StartWatch(GenericContainer<?> container) {
        this.container = container;
    }

    static StartWatch begin(GenericContainer<?> container) {
        StartWatch watch = new StartWatch(container);
        Thread thread = new Thread(watch::watch, "foreignarch-start");
        thread.setDaemon(true);
        thread.start();
        return watch;
    }

    private void watch() {
        try {
            while (!over.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException jvmEnds) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        String id = container.getContainerId();
        if (id == null) {
            return;
        }
        try {
            InspectContainerResponse found =
                    container.getDockerClient().inspectContainerCmd(id).exec();
            if (found.getState() != null && Boolean.TRUE.equals(found.getState().getRunning())) {
                note(new Seen(container.getExposedPorts(), ContainerPorts.of(found), HealthLog.of(found)));
            }
        } catch (RuntimeException notToBeSeen) {
            LOG.debug("A container that is starting can't be looked at", notToBeSeen);
        }
    }

    private synchronized void note(Seen now) {
        seen = now;
    }

    synchronized Seen seen() {
        return seen;
    }

    @Override
    public void close() {
        over.countDown();
    }
}
