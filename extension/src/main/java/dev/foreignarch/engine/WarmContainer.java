package dev.foreignarch.engine;

import static org.apiguardian.api.API.Status.INTERNAL;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.ExecStartCmd;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.StreamType;
import dev.foreignarch.arch.Platform;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
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
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A container that waits for programs of a user, which are run in it one after the other or side by side. It is killed
 * and removed when it is closed.
 */
@API(status = INTERNAL, since = "0.1")
public final class WarmContainer implements AutoCloseable {

    private static final int EXECUTABLE = 0755;
    /** Everybody may write there, whoever the image's user is. */
    private static final int SHARED_DIRECTORY = 01777;

    /** As many as Linux follows. */
    private static final int MAXIMAL_LINKS = 40;

    private final Engine engine;
    private final String id;

    private WarmContainer(Engine engine, String id) {
        this.engine = engine;
        this.id = id;
    }

    /**
     * Start a container. It has no network, unless a port is asked for.
     *
     * @param engine the engine
     * @param image name or ID of the image
     * @param platform the image's platform
     * @param files what the container has besides the image, by absolute path; a path that ends in a slash is a directory
     *     that everybody may write to
     * @param command the first process, which must not end by itself
     * @param port a port that is the same on the engine's host and in the container
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
        HostConfig host = new HostConfig();
        if (port.isEmpty()) {
            host.withNetworkMode("none");
        } else {
            host.withPortBindings(PortBinding.parse(port.getAsInt() + ":" + port.getAsInt()));
        }
        try (CreateContainerCmd create = engine.client().createContainerCmd(image)) {
            port.ifPresent(number -> create.withExposedPorts(ExposedPort.tcp(number)));
            return create.withPlatform(platform.toString())
                    .withEntrypoint(command)
                    .withCmd()
                    .withHostConfig(host)
                    .withLabels(Engine.sessionLabels())
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
        try {
            engine.client()
                    .copyArchiveToContainerCmd(id)
                    .withRemotePath("/")
                    .withTarInputStream(new ByteArrayInputStream(tar(files)))
                    .exec();
        } catch (DockerException refused) {
            throw new EngineException(
                    "the engine does not copy " + String.join(", ", files.keySet()) + " into a container: "
                            + EngineException.words(refused),
                    refused);
        }
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
        String at = path;
        for (int links = 0; links <= MAXIMAL_LINKS; links++) {
            Map<String, byte[]> files = new TreeMap<>();
            Optional<String> link = read(at, files);
            if (link.isEmpty()) {
                return files;
            }
            at = link.get();
        }
        throw new EngineException(
                path + " can't be read from a container: it leads through more than " + MAXIMAL_LINKS + " links", null);
    }

    /** Read what is at a path, and return where it leads if it is a link itself. */
    private Optional<String> read(String path, Map<String, byte[]> files) {
        try (InputStream archive =
                        engine.client().copyArchiveFromContainerCmd(id, path).exec();
                TarArchiveInputStream tar = new TarArchiveInputStream(archive)) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.isSymbolicLink() && !entry.getName().contains("/")) {
                    return Optional.of(target(path, entry));
                } else if (entry.isFile()) {
                    files.put(entry.getName(), tar.readAllBytes());
                }
            }
        } catch (NotFoundException absent) {
            files.clear();
        } catch (DockerException refused) {
            throw new EngineException(
                    "the engine does not copy " + path + " out of a container: " + EngineException.words(refused),
                    refused);
        } catch (IOException exception) {
            throw new UncheckedIOException("reading " + path + " from a container failed", exception);
        }
        return Optional.empty();
    }

    private static String target(String path, TarArchiveEntry link) {
        String name = link.getLinkName();
        return name.startsWith("/") ? name : path.substring(0, path.lastIndexOf('/') + 1) + name;
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
            engine.client()
                    .removeContainerCmd(id)
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec();
        } catch (NotFoundException | ConflictException alreadyGoing) {
            // Removed by somebody else, or being removed right now: either is what we want.
        }
    }

    private static byte[] tar(Map<String, byte[]> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey().substring(1));
                entry.setMode(entry.isDirectory() ? SHARED_DIRECTORY : EXECUTABLE);
                if (!entry.isDirectory()) {
                    entry.setSize(file.getValue().length);
                }
                tar.putArchiveEntry(entry);
                if (!entry.isDirectory()) {
                    tar.write(file.getValue());
                }
                tar.closeArchiveEntry();
            }
        } catch (IOException exception) {
            throw new UncheckedIOException("writing to memory failed", exception);
        }
        return bytes.toByteArray();
    }
}
