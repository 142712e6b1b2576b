package dev.foreignarch.engine;

import static org.apiguardian.api.API.Status.INTERNAL;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.ExecStartCmd;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.StreamType;
import dev.foreignarch.arch.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A container that waits for programs of a user, which are run in it one after the other or side by side. It is killed
 * and removed when it is closed; and when this JVM ends in any way it ends with its input, and the engine removes it.
 */
@API(status = INTERNAL, since = "0.1")
public final class WarmContainer implements AutoCloseable {

    private final Engine engine;
    private final String id;
    private final ContainerFiles files;
    private @Nullable Attachment attachment;

    private WarmContainer(Engine engine, String id) {
        this.engine = engine;
        this.id = id;
        this.files = new ContainerFiles(engine.client(), id);
    }

    /**
     * Start a container. It has no network, unless a port is asked for.
     *
     * @param engine the engine
     * @param image name or ID of the image
     * @param platform the image's platform
     * @param files what the container has besides the image, by absolute path; a path that ends in a slash is a directory
     *     that everybody may write to
     * @param command the first process, which must end with its input, and not before
     * @param port a port that is the same on the engine's host, at its loopback address, and in the container
     * @return the container
     * @throws EngineException if the engine refuses it
     */
    public static WarmContainer start(
            Engine engine,
            String image,
            Platform platform,
            Map<String, byte[]> files,
            List<String> command,
            OptionalInt port) {
        WarmContainer container = new WarmContainer(engine, create(engine, image, platform, command, port));
        try {
            container.put(files);
            container.attachment = Attachment.to(engine.client(), container.id);
            engine.client().startContainerCmd(container.id).exec();
            return container;
        } catch (DockerException refused) {
            container.close();
            throw new EngineException("the engine can't start a container: " + EngineException.words(refused), refused);
        } catch (RuntimeException failure) {
            container.close();
            throw failure;
        }
    }

    private static String create(
            Engine engine, String image, Platform platform, List<String> command, OptionalInt port) {
        HostConfig host = new HostConfig().withAutoRemove(true);
        if (port.isEmpty()) {
            host.withNetworkMode("none");
        } else {
            host.withPortBindings(PortBinding.parse("127.0.0.1:" + port.getAsInt() + ":" + port.getAsInt()));
        }
        try (CreateContainerCmd create = engine.client().createContainerCmd(image)) {
            port.ifPresent(number -> create.withExposedPorts(ExposedPort.tcp(number)));
            return create.withPlatform(platform.toString())
                    .withEntrypoint(command)
                    .withCmd()
                    .withHostConfig(host)
                    .withLabels(engine.sessionLabels())
                    .withStdinOpen(true)
                    .withStdInOnce(true)
                    .withAttachStdin(true)
                    .exec()
                    .getId();
        } catch (DockerException refused) {
            throw new EngineException(
                    "the engine can't create a container: " + EngineException.words(refused), refused);
        }
    }

    /**
     * Put files into the container.
     *
     * @param files content of each by its absolute path, whose directories are made; they are executable. A path that
     *     ends in a slash is a directory that everybody may write to
     */
    public void put(Map<String, byte[]> files) {
        this.files.write(files);
    }

    /**
     * Read files.
     *
     * @param path absolute path of a file or of a directory in the container
     * @return the content of the file, or of the files in the directory, by their names in the directory that holds the
     *     path; what links in the directory lead to is left out; empty if there is no such path
     * @throws EngineException if the engine refuses, or the path leads from link to link without an end
     */
    public Map<String, byte[]> read(String path) {
        return files.read(path, (first, archive) -> {
                    Map<String, byte[]> found = new TreeMap<>();
                    for (TarArchiveEntry entry = first; entry != null; entry = archive.getNextEntry()) {
                        if (entry.isFile()) {
                            found.put(entry.getName(), archive.readAllBytes());
                        }
                    }
                    return Optional.of(found);
                })
                .orElseGet(TreeMap::new);
    }

    /**
     * Start a program in the container.
     *
     * @param command the program and its arguments
     * @param environment variables besides those of the image
     * @param stdin its standard input, which is read to its end; nothing if it has none
     * @param stdout takes its standard output, and is closed after it
     * @param stderr takes its standard error, and is closed after it
     * @return what tells when all is written
     */
    public Execution execute(
            List<String> command,
            Map<String, String> environment,
            @Nullable InputStream stdin,
            OutputStream stdout,
            OutputStream stderr) {
        try {
            String exec = engine.client()
                    .execCreateCmd(id)
                    .withCmd(command.toArray(String[]::new))
                    .withEnv(environment.entrySet().stream()
                            .map(variable -> variable.getKey() + "=" + variable.getValue())
                            .toList())
                    .withAttachStdin(stdin != null)
                    .withAttachStdout(true)
                    .withAttachStderr(true)
                    .exec()
                    .getId();
            ExecStartCmd start = engine.client().execStartCmd(exec);
            if (stdin != null) {
                start.withStdIn(stdin);
            }
            return start.exec(new Execution(stdout, stderr));
        } catch (DockerException refused) {
            throw new EngineException(
                    "the engine does not run a program in a container: " + EngineException.words(refused), refused);
        }
    }

    /** A program that was started in the container, as the engine's connection to it shows. */
    public static final class Execution extends ResultCallback.Adapter<Frame> {

        private final OutputStream stdout;
        private final OutputStream stderr;

        private Execution(OutputStream stdout, OutputStream stderr) {
            this.stdout = stdout;
            this.stderr = stderr;
        }

        @Override
        public void onNext(Frame frame) {
            try {
                (frame.getStreamType() == StreamType.STDERR ? stderr : stdout).write(frame.getPayload());
            } catch (IOException exception) {
                throw new UncheckedIOException("nobody takes what a program writes", exception);
            }
        }

        @Override
        public void onComplete() {
            closeOutput();
            super.onComplete();
        }

        @Override
        public void onError(Throwable broken) {
            closeOutput();
            super.onError(broken);
        }

        private void closeOutput() {
            try (stdout;
                    stderr) {
                // Closing is all that is left to do.
            } catch (IOException exception) {
                throw new UncheckedIOException("nobody takes what a program writes", exception);
            }
        }

        /**
         * Wait until the program, and whoever shares its output, has written all.
         *
         * @param limit how long to wait
         * @return whether that was so in time
         * @throws EngineException if the connection breaks
         */
        public boolean awaitEnd(Duration limit) throws InterruptedException {
            try {
                return awaitCompletion(limit.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RuntimeException broken) {
                throw new EngineException(
                        "the connection to a program in a container broke: " + EngineException.words(broken), broken);
            }
        }
    }

    @Override
    public void close() {
        try {
            files.remove();
        } finally {
            if (attachment != null) {
                attachment.close();
            }
        }
    }
}
