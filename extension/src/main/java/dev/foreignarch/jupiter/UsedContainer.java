package dev.foreignarch.jupiter;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.output.OutputFrame;

/** A container that a test uses, from its start to its end. */
final class UsedContainer {

    private final String purpose;
    private final GenericContainer<?> container;
    private final Runnable afterStop;
    private String summary = "";
    private final ContainerLog log = new ContainerLog();

    /**
     * Make a use of a container.
     *
     * @param purpose where the container is declared, for example {@code field redis}
     * @param container a container that is not started
     * @param afterStop what is left to do when the container is stopped
     */
    UsedContainer(String purpose, GenericContainer<?> container, Runnable afterStop) {
        this.purpose = purpose;
        this.container = container;
        this.afterStop = afterStop;
    }

    String purpose() {
        return purpose;
    }

    void start(ForeignHost host) {
        container.withLogConsumer(log);
        host.start(container);
        summary = host.summary(container);
    }

    void stop() {
        try {
            container.stop();
        } finally {
            forgetLog();
            afterStop.run();
        }
    }

    /** Return what the container printed so far. */
    String log() {
        // The engine knows all of it, but only while there is a container: one that failed to start is removed.
        return isStarted() ? container.getLogs() : log.text();
    }

    /**
     * Return what the container was made of, and what runs it, for example {@code image redis:7, ID
     * sha256:1234, native}.
     */
    String image() {
        return isStarted()
                ? "image " + container.getDockerImageName() + ", ID "
                        + container.getContainerInfo().getImageId()
                        + ", " + summary
                : "not running";
    }

    /** Return whether the container runs by an emulator before its command. */
    boolean isExplicit() {
        return summary.startsWith("explicit emulation");
    }

    private boolean isStarted() {
        return container.getContainerId() != null;
    }

    /** A container of the user's own may be started again, on another architecture. */
    private void forgetLog() {
        List<Consumer<OutputFrame>> others = new ArrayList<>(container.getLogConsumers());
        others.remove(log);
        container.setLogConsumers(others);
    }
}
