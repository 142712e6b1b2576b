package dev.foreignarch.container;

import com.github.dockerjava.api.exception.DockerException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.output.OutputFrame;

/**
 * The last lines that a container printed, and how it ended. Testcontainers removes a container that fails to start, and
 * both with it.
 */
final class LastWords implements Consumer<OutputFrame> {

    static final int LINES = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final GenericContainer<?> container;
    private final Deque<String> lines = new ArrayDeque<>();
    private final StringBuilder unfinished = new StringBuilder();
    private boolean ended;
    private @Nullable ContainerEnding ending;

    LastWords(GenericContainer<?> container) {
        this.container = container;
    }

    /** A container that is started again has not said anything yet. */
    synchronized void clear() {
        lines.clear();
        unfinished.setLength(0);
        ended = false;
        ending = null;
    }

    @Override
    public void accept(OutputFrame frame) {
        if (frame.getType() == OutputFrame.OutputType.END) {
            noteEnding();
            synchronized (this) {
                ended = true;
            }
        } else {
            append(frame.getUtf8String());
        }
    }

    private synchronized void append(String text) {
        unfinished.append(text);
        int newline;
        while ((newline = unfinished.indexOf("\n")) >= 0) {
            addLine(unfinished.substring(0, newline));
            unfinished.delete(0, newline + 1);
        }
    }

    private void addLine(String line) {
        if (!line.isBlank()) {
            lines.addLast(line.stripTrailing());
            if (lines.size() > LINES) {
                lines.removeFirst();
            }
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

    synchronized List<String> lines() {
        addLine(unfinished.toString());
        unfinished.setLength(0);
        return List.copyOf(lines);
    }

    synchronized Optional<ContainerEnding> ending() {
        return Optional.ofNullable(ending);
    }
}
