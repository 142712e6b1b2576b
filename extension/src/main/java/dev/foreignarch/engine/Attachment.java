package dev.foreignarch.engine;

import com.github.dockerjava.api.DockerClient;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * The engine's connection to the input and the output of a container's first process, made before that is started. The
 * engine ends the input when this is closed, and when this JVM ends in any way.
 */
final class Attachment implements AutoCloseable {

    /** How long the engine may take to make the connection. */
    static final Duration GREETING = Duration.ofSeconds(60);

    private final PipedOutputStream input = new PipedOutputStream();
    private final ContainerOutput output = new ContainerOutput();

    private Attachment() {}

    /**
     * Connect to a container that was created with an input.
     *
     * @throws EngineException if the engine refuses, or does not answer in time
     */
    static Attachment to(DockerClient client, String container) {
        Attachment attachment = new Attachment();
        try {
            client.attachContainerCmd(container)
                    .withStdIn(new PipedInputStream(attachment.input))
                    .withStdOut(true)
                    .withStdErr(true)
                    .withFollowStream(true)
                    .exec(attachment.output);
            attachment.output.awaitConnected(GREETING);
            return attachment;
        } catch (IOException impossible) {
            throw new EngineException("a pipe can't be made", impossible);
        } catch (InterruptedException interrupted) {
            attachment.close();
            Thread.currentThread().interrupt();
            throw new EngineException("interrupted", interrupted);
        } catch (EngineException refused) {
            attachment.close();
            throw refused;
        }
    }

    /**
     * Wait until the process has printed what is expected, or ended.
     *
     * @return false if the time is up
     */
    boolean awaitPrintedOrEnded(Predicate<String> complete, Duration limit) throws InterruptedException {
        return output.awaitPrintedOrEnded(complete, limit);
    }

    /** Return what the process has printed. */
    ContainerOutput output() {
        return output;
    }

    /** Return whether the process runs and the engine is still connected to it. */
    boolean isOpen() {
        return !output.hasEnded();
    }

    @Override
    public void close() {
        try {
            input.close();
            output.close();
        } catch (IOException alreadyEnded) {
            // Then there is nothing to end anymore.
        }
    }
}
