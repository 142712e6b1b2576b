package dev.foreignarch.jupiter;

import java.util.function.Consumer;
import org.testcontainers.containers.output.OutputFrame;

/** The end of what a container printed, kept in case the container is gone when somebody asks. */
final class ContainerLog implements Consumer<OutputFrame> {

    private static final int LIMIT = 1 << 20;

    private final StringBuilder text = new StringBuilder();

    @Override
    public synchronized void accept(OutputFrame frame) {
        text.append(frame.getUtf8String());
        if (text.length() > LIMIT) {
            text.delete(0, text.length() - LIMIT / 2);
        }
    }

    synchronized String text() {
        return text.toString();
    }
}
