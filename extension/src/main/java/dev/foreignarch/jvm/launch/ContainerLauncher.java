package dev.foreignarch.jvm.launch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apiguardian.api.API.Status.INTERNAL;

import com.github.dockerjava.api.DockerClient;
import dev.foreignarch.arch.Architecture;
import dev.foreignarch.container.ContainerBinding;
import dev.foreignarch.emulation.Emulation;
import dev.foreignarch.emulation.EmulationSettings;
import dev.foreignarch.emulation.Verdict;
import dev.foreignarch.engine.Engine;
import dev.foreignarch.engine.EngineException;
import dev.foreignarch.image.PlatformImageException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.utility.DockerImageName;

/**
 * Starts JVMs in containers of their architecture.
 *
 * <p>Nothing of this machine is mounted: the engine may be a remote one. Jars travel once ({@link JarVolume}), class
 * directories and files for each JVM.
 */
@API(status = INTERNAL, since = "0.1")
public final class ContainerLauncher implements JvmLauncher {

    private static final Duration STARTUP_TIMEOUT = Duration.ofMinutes(5);
    /** Handlers may have to be taken back. */
    private static final Duration CLOSE_LIMIT = Duration.ofMinutes(1);

    private static final String HOME = "/foreignarch";
    private static final String WORK = HOME + "/work";
    private static final String ARGUMENTS = HOME + "/arguments";

    /** Where directories are brought that the JVM sees on a tmpfs. */
    private static final String BROUGHT = HOME + "/brought";

    private static final String LOOPBACK = "127.0.0.1";

    private final Emulation emulation;
    private final ContainerBinding binding;
    private final DockerClient client;
    private final CarriedClassPath classPath;
    private final JarVolume volume;
    private final Optional<ClassArchives> archives;

    /** The jars are looked at once, while the first JVM's image is looked for. */
    private @Nullable CompletableFuture<Void> jars;

    /**
     * Start JVMs on the engine that Testcontainers finds.
     *
     * @param settings what the user decides about emulation
     * @param archive whether JVMs get an archive of JUnit's classes
     */
    public ContainerLauncher(EmulationSettings settings, boolean archive) {
        this(Emulation.on(Engine.ofTestcontainers(), settings), archive);
    }

    private ContainerLauncher(Emulation emulation, boolean archive) {
        CarriedClassPath given = CarriedClassPath.of(TestClassPath.ofThisJvm());
        this.emulation = emulation;
        this.binding = new ContainerBinding(emulation, STARTUP_TIMEOUT);
        this.client = emulation.engine().client();
        this.classPath = archive ? given.platformFirst() : given;
        this.volume = new JarVolume(emulation);
        this.archives = archive ? Optional.of(new ClassArchives(binding, client, volume, classPath)) : Optional.empty();
    }

    @Override
    public StartedJvm start(JvmSpec spec, Output output) {
        Verdict verdict = emulation.prepare(spec.architecture()).orThrow();
        String image = spec.image().orElseGet(JavaImages::standard);
        CompletableFuture<Void> jars = bringJars();
        boolean narrow = mayMissFiles(spec.architecture());
        DebuggerWait debugger = new DebuggerWait(output);
        JvmContainer container = binding.bind(
                new JvmContainer(
                        DockerImageName.parse(image),
                        narrow ? afterCopying() : List.of("java", "@" + ARGUMENTS),
                        narrow ? List.of("/tmp", CarriedClassPath.CLASSES, WORK) : List.of(),
                        id -> {
                            await(jars);
                            fill(id, spec, image, narrow);
                        },
                        spec.debug() ? debugger : output),
                spec.architecture());
        container.withWorkingDirectory(WORK);
        spec.network()
                .ifPresentOrElse(
                        container::withNetworkMode,
                        () -> container.withExtraHost("host.docker.internal", "host-gateway"));
        if (spec.debug()) {
            // Whoever reaches the port can run any code.
            container.withExposedPorts(JvmCommandLine.DEBUG_PORT);
            container.setPortBindings(List.of(LOOPBACK + "::" + JvmCommandLine.DEBUG_PORT));
        }
        container.describe(image + ", " + verdict.summary());
        try {
            container.start();
        } catch (ContainerLaunchException | IllegalStateException failure) {
            container.close();
            throw notStarted(spec, image, failure);
        }
        if (spec.debug()) {
            debugger.invite("The JVM of " + spec.name() + " waits for a debugger: "
                    + place(container.getMappedPort(JvmCommandLine.DEBUG_PORT)));
        }
        return container;
    }

    private String place(int port) {
        String address = LOOPBACK + ":" + port;
        return emulation
                .engine()
                .remoteAddress()
                .map(URI::getHost)
                .map(host ->
                        "forward its port (ssh -L " + port + ":" + address + " " + host + "), and attach to " + address)
                .orElse("attach to " + address);
    }

    /**
     * A 32-bit libc can't read directories of a file system with large offsets, such as ext4 of a 64-bit host; it can
     * read those of a tmpfs. Real 32-bit machines don't have the problem, so tests must not see it.
     */
    private static boolean mayMissFiles(Architecture architecture) {
        return architecture.bits() == 32;
    }

    /** A tmpfs is empty when the container starts, and cp has large offsets. */
    private static List<String> afterCopying() {
        return List.of("sh", "-c", "cp -r " + BROUGHT + "/. " + HOME + "/ && exec java @" + ARGUMENTS);
    }

    private synchronized CompletableFuture<Void> bringJars() {
        CompletableFuture<Void> known = jars;
        if (known == null || known.isCompletedExceptionally()) {
            known = CompletableFuture.runAsync(() -> volume.fill(classPath.jars()));
            jars = known;
        }
        return known;
    }

    private static void await(CompletableFuture<Void> jars) {
        try {
            jars.get();
        } catch (ExecutionException failed) {
            Throwable reason = Objects.requireNonNullElse(failed.getCause(), failed);
            throw new JvmStartException(
                    "the jars of the class path can't be brought to the engine: " + EngineException.words(reason),
                    reason);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new JvmStartException("interrupted while jars are brought to the engine", interrupted);
        }
    }

    private void fill(String container, JvmSpec spec, String image, boolean narrow) {
        Optional<String> archive = archives.flatMap(all -> all.of(container, spec, image));
        String prefix = narrow ? BROUGHT : HOME;
        try (TarFile tar = TarFile.of(writer -> {
            List<String> arguments = new ArrayList<>(JvmCommandLine.arguments(spec, classPath.entries(), ":", archive));
            writer.file(ARGUMENTS, JvmCommandLine.file(arguments).getBytes(UTF_8));
            writer.directory(WORK);
            writer.directory(prefix);
            for (CarriedClassPath.Carried directory : classPath.directories()) {
                writer.tree(directory.local(), prefix + directory.place().substring(HOME.length()));
            }
            for (String file : spec.files()) {
                writer.tree(existing(file), prefix + WORK.substring(HOME.length()) + "/" + relative(file));
            }
        })) {
            client.copyArchiveToContainerCmd(container)
                    .withRemotePath("/")
                    .withTarInputStream(tar.open())
                    .exec();
        }
    }

    private static Path existing(String file) throws IOException {
        Path path = Path.of(file);
        if (!Files.exists(path)) {
            throw new IOException("@ForeignJvm(files) names '" + file + "', but there is no "
                    + path.toAbsolutePath().normalize());
        }
        return path;
    }

    /** A path that leads out of the working directory has no place in the container's one. */
    private static String relative(String file) {
        Path path = Path.of(file).normalize();
        if (path.isAbsolute() || path.startsWith("..")) {
            throw new JvmStartException(
                    "@ForeignJvm(files) names '" + file + "', but only paths below the working directory can be"
                            + " copied into the foreign JVM's one.",
                    null);
        }
        return path.toString().replace('\\', '/');
    }

    static RuntimeException notStarted(JvmSpec spec, String image, RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PlatformImageException) {
                return new JvmStartException(
                        "There is no JVM for " + spec.name() + ": " + cause.getMessage() + "\n"
                                + JavaImages.advice(spec.architecture()),
                        failure);
            }
        }
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return new JvmStartException(
                "The JVM of " + spec.name() + " can't be started from " + image + ": " + EngineException.words(root),
                failure);
    }

    @Override
    public void close() {
        Patience.during(CLOSE_LIMIT, "release emulation", emulation::close);
    }
}
