package dev.foreignarch.jvm.launch;

import static java.util.stream.Collectors.toMap;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.WaitContainerResultCallback;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.LogConfig.LoggingType;
import com.github.dockerjava.api.model.StreamType;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.utility.DockerImageName;

/**
 * A container that runs a JVM, connected to this one from before its start.
 *
 * <p>The engine removes it when the JVM ends, and the JVM ends with its input: nothing stays behind a JVM of ours that
 * is killed.
 */
final class JvmContainer extends GenericContainer<JvmContainer> implements StartedJvm {

    private static final String TMPFS = "rw,exec,nosuid,nodev,mode=1777";

    private final CommandStream commands = new CommandStream();
    private final OutputStream input = commands.writingEnd();
    private final Consumer<String> filling;
    private final JvmLauncher.Output output;
    private volatile String description = "";
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
                    .withAutoRemove(true)
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
                .exec(new Frames());
    }

    @Override
    protected void containerIsStarting(InspectContainerResponse container) {
        exit = dockerClient.waitContainerCmd(container.getId()).exec(new WaitContainerResultCallback());
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
    public OptionalInt awaitExit(Duration limit) {
        WaitContainerResultCallback started = exit;
        if (started == null) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(started.awaitStatusCode(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (DockerClientException | DockerException unknown) {
            return OptionalInt.empty();
        }
    }

    @Override
    public void close() {
        String id = getContainerId();
        if (id != null) {
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
    }

    /** The JVM greets when it is ready; nothing else needs to be waited for here. */
    private static final class Running extends AbstractWaitStrategy {
        @Override
        protected void waitUntilReady() {
            // The greeting is awaited by whoever reads the output.
        }
    }

    private final class Frames extends ResultCallback.Adapter<Frame> {
        @Override
        public void onNext(Frame frame) {
            if (frame.getStreamType() == StreamType.STDERR) {
                output.stderr(frame.getPayload());
            } else {
                output.stdout(frame.getPayload());
            }
        }

        @Override
        public void onError(Throwable lost) {
            super.onError(lost);
            output.end();
        }

        @Override
        public void onComplete() {
            super.onComplete();
            output.end();
        }
    }
}
