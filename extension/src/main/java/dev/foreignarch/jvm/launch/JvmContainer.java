package dev.foreignarch.jvm.launch;

import static java.util.stream.Collectors.toMap;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.WaitContainerResultCallback;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.LogConfig.LoggingType;
import com.github.dockerjava.api.model.StreamType;
import dev.foreignarch.engine.EngineException;
import java.io.Closeable;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.startupcheck.StartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.utility.DockerImageName;

/**
 * A container that runs a JVM, connected to this one from before its start.
 *
 * <p>The engine removes it when the JVM ends, and the JVM ends with its input: nothing stays behind a JVM of ours that
 * is killed.
 */
final class JvmContainer extends GenericContainer<JvmContainer> implements StartedJvm {

    private static final Logger LOG = LoggerFactory.getLogger(JvmContainer.class);

    /** Without an answer from the engine the container still ends, when the connection to it does. */
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(20);

    private static final Duration ATTACH_LIMIT = Duration.ofSeconds(60);

    private static final String TMPFS = "rw,exec,nosuid,nodev,mode=1777";

    private final CommandStream commands = new CommandStream();
    private final OutputStream input = commands.writingEnd();
    private final Consumer<String> filling;
    private final JvmLauncher.Output output;
    private volatile String description = "";
    private boolean kept;
    private @Nullable WaitContainerResultCallback exit;

    /**
     * Prepare a container.
     *
     * @param filling puts the class path into the container, once it is made
     */
    JvmContainer(
            DockerImageName image,
            List<String> command,
            List<String> tmpfs,
            Consumer<String> filling,
            JvmLauncher.Output output) {
        super(image);
        this.filling = filling;
        this.output = output;
        setWaitStrategy(new Running());
        setStartupCheckStrategy(new Started());
        withTmpFs(tmpfs.stream().collect(toMap(directory -> directory, directory -> TMPFS)));
        withCreateContainerCmdModifier(create -> {
            create.withEntrypoint(command)
                    .withStdinOpen(true)
                    .withStdInOnce(true)
                    .withAttachStdin(true)
                    .withAttachStdout(true)
                    .withAttachStderr(true);
            Objects.requireNonNull(create.getHostConfig())
                    // The first process of a container ignores the signal by which a crashed JVM ends itself.
                    .withInit(true)
                    .withAutoRemove(!kept)
                    .withLogConfig(new LogConfig(LoggingType.NONE))
                    .withMounts(new ArrayList<>(List.of(JarVolume.mount())));
        });
    }

    @Override
    protected void containerIsCreated(String id) {
        filling.accept(id);
        dockerClient
                .attachContainerCmd(id)
                .withStdIn(commands)
                .withStdOut(true)
                .withStdErr(true)
                .withFollowStream(true)
                .exec(new Frames())
                .awaitAttached();
    }

    @Override
    protected void containerIsStarting(InspectContainerResponse container) {
        exit = dockerClient.waitContainerCmd(container.getId()).exec(new WaitContainerResultCallback());
    }

    /** Let the engine keep the container when the JVM has ended, for the files that it has left, until it is closed. */
    JvmContainer kept() {
        kept = true;
        return this;
    }

    void describe(String text) {
        description = text;
    }

    @Override
    public OutputStream input() {
        return input;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public boolean isForeign() {
        return true;
    }

    @Override
    public OptionalInt awaitExit(Duration limit) {
        WaitContainerResultCallback started = exit;
        if (started == null) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(started.awaitStatusCode(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (RuntimeException unknown) {
            // The end of the time, or whatever ended the connection: docker-java wraps that into one of no kind.
            LOG.warn(
                    "The engine does not tell how the JVM in {} ended: {}",
                    getContainerId(),
                    EngineException.words(unknown));
            return OptionalInt.empty();
        }
    }

    @Override
    public void close() {
        String id = getContainerId();
        if (id != null) {
            Patience.during(CLOSE_LIMIT, "remove container", () -> remove(id));
        }
    }

    private void remove(String id) {
        try {
            dockerClient
                    .removeContainerCmd(id)
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec();
        } catch (NotFoundException | ConflictException alreadyGoing) {
            // The engine removes it when the JVM ends, which it may have done by itself.
        }
    }

    /** The JVM greets when it is ready; nothing else needs to be waited for here. */
    private static final class Running extends AbstractWaitStrategy {
        @Override
        protected void waitUntilReady() {
            // The greeting is awaited by whoever reads the output.
        }
    }

    /** A JVM that ends at once, and is removed by the engine, has said why; who reads the output tells it better. */
    private static final class Started extends StartupCheckStrategy {
        @Override
        public StartupStatus checkStartupState(DockerClient client, String container) {
            return StartupStatus.SUCCESSFUL;
        }
    }

    /**
     * Passes on what arrives. Not docker-java's adapter, which interrupts its own thread before it tells of the end, so
     * that whoever waits for room in a queue then loses the news.
     */
    private final class Frames implements ResultCallback<Frame> {
        private final CountDownLatch attached = new CountDownLatch(1);
        private boolean ended;
        private volatile boolean connected;
        private volatile @Nullable Throwable refused;

        /** The engine keeps no output, so what a program says before somebody is attached to it is lost. */
        void awaitAttached() {
            try {
                if (!attached.await(ATTACH_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                    throw new IllegalStateException(EngineException.notAttached(ATTACH_LIMIT));
                }
                Throwable reason = refused;
                if (!connected && reason != null) {
                    throw new EngineException(
                            "the engine does not attach us to a container: " + EngineException.words(reason), reason);
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while being attached to the container", interrupted);
            }
        }

        @Override
        public void onStart(Closeable stream) {
            connected = true;
            attached.countDown();
        }

        @Override
        public void onNext(Frame frame) {
            // docker-java fills the same array again.
            byte[] bytes = frame.getPayload().clone();
            if (frame.getStreamType() == StreamType.STDERR) {
                output.stderr(bytes);
            } else {
                output.stdout(bytes);
            }
        }

        @Override
        public void onError(Throwable lost) {
            refused = lost;
            if (connected) {
                LOG.warn("The connection to the JVM in {} broke: {}", getContainerId(), EngineException.words(lost));
            }
            end();
        }

        @Override
        public void onComplete() {
            end();
        }

        /** After an error docker-java tells of the end, too. */
        private void end() {
            if (!ended) {
                ended = true;
                attached.countDown();
                output.end();
            }
        }

        @Override
        public void close() {
            // docker-java closes the stream when it has ended.
        }
    }
}
