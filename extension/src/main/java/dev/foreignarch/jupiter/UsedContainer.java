package dev.foreignarch.jupiter;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.testcontainers.containers.GenericContainer;

/** A container that a test uses, from its start to its end. */
final class UsedContainer {

    private final String purpose;
    private final GenericContainer<?> container;
    private final ForeignHost host;
    private final Runnable afterStop;
    private final Set<String> marks = new LinkedHashSet<>();
    private String summary = "";
    private boolean looked;

    /**
     * Make a use of a container.
     *
     * @param purpose where the container is declared, for example {@code field redis}
     * @param container a container that is not started
     * @param host what starts the container
     * @param afterStop what is left to do when the container is stopped
     */
    UsedContainer(String purpose, GenericContainer<?> container, ForeignHost host, Runnable afterStop) {
        this.purpose = purpose;
        this.container = container;
        this.host = host;
        this.afterStop = afterStop;
    }

    String purpose() {
        return purpose;
    }

    void start() {
        host.start(container);
        summary = host.summary(container);
        markWhatIsNotOfIt();
    }

    /**
     * Look once more at what runs in the container, which is about to be stopped.
     *
     * @throws RuntimeException if none of it is of the container's architecture
     */
    void lookBeforeStop() {
        if (!looked && isStarted()) {
            looked = true;
            try {
                host.lookBeforeStop(container);
            } finally {
                markWhatIsNotOfIt();
            }
        }
    }

    private void markWhatIsNotOfIt() {
        host.observations(container).forEach(seen -> mark("container of " + purpose + ": ran " + seen));
    }

    void stop() {
        try {
            lookBeforeStop();
        } finally {
            try {
                container.stop();
            } finally {
                afterStop.run();
            }
        }
    }

    /** Return what the container printed so far. */
    String log() {
        // The engine knows all of it, but only while there is a container: one that failed to start is removed.
        return isStarted() ? container.getLogs() : host.log(container);
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

    /** Remark on each cell that uses the container, and doesn't end before. */
    void mark(String remark) {
        synchronized (marks) {
            marks.add(remark);
        }
    }

    /** Return the remarks on each cell that uses the container. */
    List<String> marks() {
        synchronized (marks) {
            return List.copyOf(marks);
        }
    }

    /** Return whether the container runs by an emulator before its command. */
    boolean isExplicit() {
        return summary.startsWith("explicit emulation");
    }

    private boolean isStarted() {
        return container.getContainerId() != null;
    }
}
