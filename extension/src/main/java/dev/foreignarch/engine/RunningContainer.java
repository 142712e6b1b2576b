package dev.foreignarch.engine;

import static org.apiguardian.api.API.Status.INTERNAL;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.WaitContainerResultCallback;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** A container of ForeignArch's own, which is killed and removed when it is closed. */
@API(status = INTERNAL, since = "0.1")
public final class RunningContainer implements AutoCloseable {

    /** How long the output of a container that has ended may be on its way. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(30);

    private final DockerClient client;
    private final String id;
    private final ContainerFiles files;

    RunningContainer(DockerClient client, String id) {
        this.client = client;
        this.id = id;
        this.files = new ContainerFiles(client, id);
    }

    /** Return the engine's ID of the container. */
    public String id() {
        return id;
    }

    /**
     * Start the container, and wait until it prints what is expected.
     *
     * @param complete whether what the container has printed to its standard output is all that is waited for
     * @param limit how long it may take to print that
     * @return what it has printed there
     * @throws ContainerEndedException if the container ends before
     * @throws EngineException if the engine refuses
     */
    public String startUntil(Predicate<String> complete, Duration limit) {
        boolean silent;
        ContainerOutput output = listen();
        try (output) {
            start(output);
            silent = !output.awaitPrintedOrEnded(complete, limit);
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        } catch (IOException closed) {
            throw new EngineException("the connection to the engine broke", closed);
        }
        return printed(output, silent, complete, limit);
    }

    private String printed(ContainerOutput output, boolean silent, Predicate<String> complete, Duration limit) {
        String printed = output.text();
        if (silent) {
            throw new EngineException(
                    "a container of ours did not say what it should within " + limit.toSeconds() + " s, but '" + printed
                            + "'",
                    null);
        }
        if (!complete.test(printed)) {
            output.insistOnConnection();
            throw new ContainerEndedException(printed + output.errorText(), exitCode());
        }
        return printed;
    }

    /**
     * Start the container, which was created with an input, and wait until it prints what is expected.
     *
     * @param complete whether what the container has printed to its standard output is all that is waited for
     * @param limit how long it may take to print that
     * @return what it has printed there, and the connection with which it ends
     * @throws ContainerEndedException if the container ends before
     * @throws EngineException if the engine refuses
     */
    Begun startAttached(Predicate<String> complete, Duration limit) {
        Attachment attachment = Attachment.to(client, id);
        try {
            start(attachment.output());
            boolean silent = !attachment.output().awaitPrintedOrEnded(complete, limit);
            return new Begun(printed(attachment.output(), silent, complete, limit), attachment);
        } catch (InterruptedException interrupted) {
            attachment.close();
            throw interrupted(interrupted);
        } catch (RuntimeException failure) {
            attachment.close();
            throw failure;
        }
    }

    /** What a container with an input has printed, and the connection to it. */
    record Begun(String printed, Attachment attachment) {}

    /**
     * Start the container, and wait for its end.
     *
     * @param limit how long it may take
     * @return what it left
     * @throws EngineException if the engine refuses, or the time is up
     */
    public ContainerOutcome runToEnd(Duration limit) {
        ContainerOutput output = listen();
        long begun = System.nanoTime();
        try (output) {
            start(output);
            int exitCode = client.waitContainerCmd(id)
                    .exec(new WaitContainerResultCallback())
                    .awaitStatusCode(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!output.awaitPrintedOrEnded(nothing -> false, LAST_WORDS)) {
                throw new EngineException("the output of a container that has ended does not end", null);
            }
            output.insistOnConnection();
            return new ContainerOutcome(exitCode, output.bytes(), output.errorBytes());
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        } catch (DockerClientException unknown) {
            if (unknown.getCause() instanceof InterruptedException interrupted) {
                throw interrupted(interrupted);
            }
            throw new EngineException(
                    System.nanoTime() - begun >= limit.toNanos()
                            ? "a container of ours did not end within " + limit.toSeconds() + " s"
                            : "the engine does not tell how a container of ours ended: "
                                    + EngineException.words(unknown),
                    unknown);
        } catch (EngineException told) {
            throw told;
        } catch (RuntimeException | IOException lost) {
            // docker-java wraps the end of a connection into an exception of no kind.
            throw new EngineException("the engine lost a container: " + EngineException.words(lost), lost);
        }
    }

    /**
     * Listen from the beginning. An engine that removes the container by itself forgets what it printed; and one of some
     * hundred logs of containers that have just ended was empty, though nobody had lost anything.
     */
    private ContainerOutput listen() {
        return client.attachContainerCmd(id)
                .withStdOut(true)
                .withStdErr(true)
                .withFollowStream(true)
                .exec(new ContainerOutput());
    }

    private void start(ContainerOutput output) throws InterruptedException {
        output.awaitConnected(Attachment.GREETING);
        try {
            client.startContainerCmd(id).exec();
        } catch (DockerException refused) {
            throw new EngineException("the engine can't start a container: " + EngineException.words(refused), refused);
        }
    }

    /** Return the exit code, if the engine still knows the container. */
    private @Nullable Long exitCode() {
        try {
            return client.inspectContainerCmd(id).exec().getState().getExitCodeLong();
        } catch (NotFoundException removed) {
            return null;
        }
    }

    private static EngineException interrupted(InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return new EngineException("interrupted", interrupted);
    }

    /**
     * Put programs into the container, whose root must be writable.
     *
     * @param programs content of each by its absolute path there, in a directory that exists or not
     */
    public void put(Map<String, byte[]> programs) {
        files.write(programs);
    }

    /**
     * Put files into the container.
     *
     * @param directory absolute path of a directory there
     * @param archive a tar archive of the files
     * @throws EngineException if the engine refuses
     */
    public void put(String directory, InputStream archive) {
        files.extract(directory, archive);
    }

    /** Read a file of the container, if there is one. */
    public Optional<byte[]> read(String path) {
        return files.read(path, (first, archive) -> Optional.of(archive.readAllBytes()));
    }

    /**
     * Run a program in the container to its end.
     *
     * @param command the program and its arguments
     * @param limit how long it may take
     * @return what it printed
     * @throws EngineException if the engine refuses, the time is up, or the program fails; the message says how
     */
    public byte[] exec(List<String> command, Duration limit) {
        try (ContainerOutput output = new ContainerOutput()) {
            String exec = createExec(command, false);
            client.execStartCmd(exec).exec(output);
            if (!output.awaitPrintedOrEnded(nothing -> false, limit)) {
                throw new EngineException(
                        String.join(" ", command) + " did not end within " + limit.toSeconds()
                                + " s in a container of ours. The engine hangs, or has too much to do",
                        null);
            }
            output.insistOnConnection();
            Long exitCode = client.inspectExecCmd(exec).exec().getExitCodeLong();
            if (exitCode == null || exitCode != 0) {
                throw new EngineException(
                        (String.join(" ", command) + " failed in a container of ours, with exit code "
                                        + (exitCode == null ? "unknown" : exitCode) + ". " + output.errorText())
                                .strip(),
                        null);
            }
            return output.bytes();
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        } catch (DockerException | IOException refused) {
            throw notRun(refused);
        }
    }

    private String createExec(List<String> command, boolean withInput) {
        return client.execCreateCmd(id)
                .withCmd(command.toArray(String[]::new))
                .withAttachStdin(withInput)
                .withAttachStdout(true)
                .withAttachStderr(true)
                .exec()
                .getId();
    }

    private static EngineException notRun(Exception refused) {
        return new EngineException(
                "the engine does not run a program in a container: " + EngineException.words(refused), refused);
    }

    /**
     * Start a program in the container that runs until its standard input ends. It ends when the conversation is closed,
     * and also when this JVM ends in any way, since the engine then closes the program's input.
     *
     * @param command the program and its arguments
     * @param greeting what the program prints when it is ready
     * @param limit how long to wait for the greeting
     * @return the conversation
     * @throws EngineException if the program does not greet, be it that the container does not run
     */
    public Conversation converse(List<String> command, String greeting, Duration limit) {
        Conversation conversation = new Conversation(command);
        try {
            if (!conversation.output.awaitPrintedOrEnded(text -> text.contains(greeting), limit)) {
                conversation.close();
                throw new EngineException("a program in a container of ours did not say '" + greeting + "'", null);
            }
        } catch (InterruptedException interrupted) {
            conversation.close();
            throw interrupted(interrupted);
        }
        if (!conversation.output.text().contains(greeting)) {
            conversation.close();
            conversation.output.insistOnConnection();
            throw new EngineException(
                    ("a program in a container of ours ended without saying '" + greeting + "'. "
                                    + conversation.output.errorText())
                            .strip(),
                    null);
        }
        return conversation;
    }

    /** A program that runs in the container until this is closed. */
    public final class Conversation implements AutoCloseable {

        private final PipedOutputStream input = new PipedOutputStream();
        private final ContainerOutput output = new ContainerOutput();

        private Conversation(List<String> command) {
            try {
                client.execStartCmd(createExec(command, true))
                        .withStdIn(new PipedInputStream(input))
                        .exec(output);
            } catch (DockerException | IOException refused) {
                throw notRun(refused);
            }
        }

        /** Return whether the program runs and the engine is still connected to it. */
        public boolean isOpen() {
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

    /** Return whether the container was created, but never started. */
    public boolean isNew() {
        return "created".equals(state());
    }

    /** Return whether the container has been started and has not ended. */
    public boolean isRunning() {
        return "running".equals(state());
    }

    private String state() {
        try {
            return String.valueOf(
                    client.inspectContainerCmd(id).exec().getState().getStatus());
        } catch (NotFoundException gone) {
            return "gone";
        } catch (DockerException refused) {
            throw new EngineException(
                    "the engine does not tell the state of a container: " + EngineException.words(refused), refused);
        }
    }

    @Override
    public void close() {
        files.remove();
    }
}
