package dev.foreignarch.container;

import com.github.dockerjava.api.exception.DockerException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.output.OutputFrame;

/**
 * The end of what a container printed, and how it ended if it did so while it was starting. Testcontainers removes a
 * container that fails to start, and both with it.
 */
final class LastWords implements Consumer<OutputFrame> {

    static final int LINES = 20;
    private static final int LIMIT = 1 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final GenericContainer<?> container;
    private final StringBuilder text = new StringBuilder();
    private boolean starting = true;
    private boolean ended;
    private @Nullable ContainerEnding ending;

    LastWords(GenericContainer<?> container) {
        this.container = container;
    }

    /** A container that is started again has not said anything yet. */
    synchronized void clear() {
        text.setLength(0);
        starting = true;
        ended = false;
        ending = null;
    }

    /** Whoever stops a container that has started need not wait while the engine is asked how it ended. */
    synchronized void started() {
        starting = false;
    }

    @Override
    public void accept(OutputFrame frame) {
        if (frame.getType() == OutputFrame.OutputType.END) {
            if (isStarting()) {
                noteEnding();
            }
            synchronized (this) {
                ended = true;
            }
        } else {
            append(frame.getUtf8String());
        }
    }

    private synchronized boolean isStarting() {
        return starting;
    }

    private synchronized void append(String printed) {
        text.append(printed);
        if (text.length() > LIMIT) {
            text.delete(0, text.length() - LIMIT / 2);
        }
    }

    /** Look how the container ended, as long as it is there to look at. */
    void noteEnding() {
        String id = container.getContainerId();
        if (id == null) {
            return;
        }
        try {
            Optional<ContainerEnding> seen = ContainerEnding.of(
                    container.getDockerClient().inspectContainerCmd(id).exec());
            synchronized (this) {
                if (ending == null) {
                    ending = seen.orElse(null);
                }
            }
        } catch (DockerException removedMeanwhile) {
            // Then nobody can tell anymore.
        }
    }

    /** Wait a little for what is still on its way from the engine. */
    void awaitEnd() {
        try {
            Awaitility.await()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(20))
                    .atMost(PATIENCE)
                    .until(this::hasEnded);
        } catch (ConditionTimeoutException neverStarted) {
            // A container that was not started has no words.
        }
    }

    private synchronized boolean hasEnded() {
        return ended;
    }

    /** Return what the container has printed since it was started; of very much, the end. */
    synchronized String text() {
        return text.toString();
    }

    /** Return the last lines that are not blank. */
    List<String> lines() {
        List<String> lines = text().lines()
                .filter(line -> !line.isBlank())
                .map(String::stripTrailing)
                .toList();
        return lines.subList(Math.max(0, lines.size() - LINES), lines.size());
    }

    synchronized Optional<ContainerEnding> ending() {
        return Optional.ofNullable(ending);
    }
}
