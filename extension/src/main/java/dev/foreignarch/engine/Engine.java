package dev.foreignarch.engine;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;
import static org.apiguardian.api.API.Status.INTERNAL;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.LogConfig.LoggingType;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;

/**
 * A container engine that speaks Docker's API: what it says of itself, and ForeignArch's own containers on it.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public final class Engine {

    private static final int ATTEMPTS = 3;

    /** Hosts that are the JVM's own machine. */
    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

    private static final String HOST_FILE = "/host-file";

    private final DockerClient client;
    private final Optional<URI> address;
    private final Supplier<Info> info;
    private final Session session = new Session(this);

    private volatile @Nullable EngineFacts facts;

    Engine(DockerClient client, Optional<URI> address, Supplier<Info> info) {
        this.client = client;
        this.address = address;
        this.info = info;
    }

    /**
     * Use the engine that Testcontainers finds.
     *
     * @return the engine
     * @throws EngineException if Testcontainers finds none, or none that it can use
     */
    public static Engine ofTestcontainers() {
        return TestcontainersEngine.find();
    }

    /**
     * Use the engine that Testcontainers finds, without the container that removes what tests leave behind (Ryuk): whoever
     * leaves nothing behind need not wait for its image.
     *
     * @return the engine
     * @throws EngineException if Testcontainers finds none, or none that it can use
     */
    @API(status = INTERNAL, since = "0.2")
    public static Engine withoutRyuk() {
        return TestcontainersEngine.findWithoutRyuk();
    }

    /**
     * Use an engine through a client of your own.
     *
     * @param client a client, which stays yours to close
     * @return the engine
     */
    public static Engine of(DockerClient client) {
        return new Engine(client, Optional.empty(), () -> client.infoCmd().exec());
    }

    /**
     * Use an engine through a client of your own.
     *
     * @param client a client, which stays yours to close
     * @param address where the client finds the engine
     * @return the engine
     */
    public static Engine of(DockerClient client, URI address) {
        return new Engine(client, Optional.of(address), () -> client.infoCmd().exec());
    }

    /** Return the engine's address, if it is known. */
    @API(status = INTERNAL, since = "0.2")
    public Optional<URI> address() {
        return address;
    }

    /** Return where the engine is, if it is not on the JVM's own machine as far as its address tells. */
    public Optional<URI> remoteAddress() {
        return address.filter(uri -> uri.getHost() != null && !HERE.contains(uri.getHost()));
    }

    /** Return what the engine says of itself. It is asked once. */
    public EngineFacts facts() {
        EngineFacts known = facts;
        if (known == null) {
            known = EngineFacts.of(client.versionCmd().exec(), info.get());
            facts = known;
        }
        return known;
    }

    /** Return this JVM's use of the engine, by this object. */
    @API(status = INTERNAL, since = "0.1")
    public Session session() {
        return session;
    }

    /** Return the client, for what has to do with images. */
    @API(status = INTERNAL, since = "0.1")
    public DockerClient client() {
        return client;
    }

    /**
     * Run a container to its end and remove it. One that ends well without having printed anything is run again, up to
     * three times: a busy engine may lose all that a container prints that ends at once. It is not in the container's log
     * either.
     *
     * @param spec the container
     * @param limit how long it may take; then it is killed
     * @return what it left
     * @throws EngineException if the engine refuses the container, or the time is up
     */
    @API(status = INTERNAL, since = "0.1")
    public ContainerOutcome run(ContainerSpec spec, Duration limit) {
        for (int attempt = 1; ; attempt++) {
            try (RunningContainer container = create(spec)) {
                ContainerOutcome outcome = container.runToEnd(limit);
                if (!outcome.isMute() || attempt == ATTEMPTS) {
                    return outcome;
                }
            }
        }
    }

    /**
     * Run a container until it prints what is expected. It is run again as by {@link #run}.
     *
     * @param spec the container
     * @param complete whether what the container has printed to its standard output is all that is waited for
     * @param limit how long it may take to print that
     * @param disposal removes the container
     * @return what it has printed there
     * @throws ContainerEndedException if the container ends before
     * @throws EngineException if the engine refuses the container, or the time is up
     */
    @API(status = INTERNAL, since = "0.1")
    public String runUntil(ContainerSpec spec, Predicate<String> complete, Duration limit, Disposal disposal) {
        for (int attempt = 1; ; attempt++) {
            RunningContainer container = create(spec);
            try {
                return container.startUntil(complete, limit);
            } catch (ContainerEndedException ended) {
                if (!ended.isMute() || attempt == ATTEMPTS) {
                    throw ended;
                }
            } finally {
                disposal.later(container::close);
            }
        }
    }

    /**
     * Find a container by its name.
     *
     * @param name the name
     * @return the container, running or not, if there is one of this name
     * @throws EngineException if the engine refuses to tell
     */
    @API(status = INTERNAL, since = "0.1")
    public Optional<RunningContainer> find(String name) {
        try {
            return Optional.of(new RunningContainer(
                    client, client.inspectContainerCmd(name).exec().getId()));
        } catch (NotFoundException absent) {
            return Optional.empty();
        } catch (DockerException refused) {
            throw new EngineException(
                    "the engine does not say whether it has the container " + name + ": "
                            + EngineException.words(refused),
                    refused);
        }
    }

    /**
     * Bring an image of a few files onto the engine.
     *
     * @param image the image
     * @return the image, which goes away when it is closed
     * @throws EngineException if the engine does not take it
     */
    @API(status = INTERNAL, since = "0.1")
    public LoadedImage load(ScratchImage image) {
        bring(image);
        return new LoadedImage(client, image.name(), facts().product().equals("Docker"));
    }

    /**
     * Bring an image of a few files onto the engine, if it does not have it. It stays there.
     *
     * @param image the image; its name must tell its files
     * @return the engine's ID of the image, which stands for these files and no others, whatever becomes of the name
     * @throws EngineException if the engine does not take it
     */
    @API(status = INTERNAL, since = "0.1")
    public String keep(ScratchImage image) {
        KeptImage kept = new KeptImage(client, image);
        Optional<String> present = kept.id();
        if (present.isPresent()) {
            return present.get();
        }
        try {
            bring(image);
        } catch (EngineException refused) {
            // Podman refuses what another JVM brings at the same moment.
            return kept.id().orElseThrow(() -> refused);
        }
        return kept.id()
                .orElseThrow(() -> new EngineException(
                        "the engine has another image under the name " + image.name()
                                + ", also after it was given the right one. ForeignArch does not run what it has not made."
                                + " Remove it: docker rmi --force " + image.name(),
                        null));
    }

    /** Return whether the engine has an image of this name. */
    @API(status = INTERNAL, since = "0.1")
    public boolean has(String image) {
        try {
            client.inspectImageCmd(image).exec();
            return true;
        } catch (NotFoundException absent) {
            return false;
        } catch (DockerException refused) {
            throw new EngineException(
                    "the engine does not show the image " + image + ": " + EngineException.words(refused), refused);
        }
    }

    private void bring(ScratchImage image) {
        try {
            client.loadImageCmd(new ByteArrayInputStream(image.archive())).exec();
            // The engine answers 200 before it has read the archive: only a look tells whether it was taken.
            client.inspectImageCmd(image.name()).exec();
        } catch (DockerException refused) {
            throw new EngineException(
                    "the engine does not take the image " + image.name() + ": " + EngineException.words(refused),
                    refused);
        }
    }

    /**
     * Read a file out of an image. Nothing of the image is run.
     *
     * @param image name or ID of an image that the engine has
     * @param paths absolute paths, in the order of preference
     * @return the first of the files that exists, by its path
     */
    @API(status = INTERNAL, since = "0.1")
    public Optional<Map.Entry<String, byte[]>> readFirst(String image, List<String> paths) {
        try (RunningContainer container = create(ContainerSpec.of(image, List.of("none")))) {
            for (String path : paths) {
                Optional<byte[]> content = read(container.id(), path);
                if (content.isPresent()) {
                    return Optional.of(Map.entry(path, content.get()));
                }
            }
            return Optional.empty();
        }
    }

    /**
     * Read a file of the engine's host, without running anything.
     *
     * @param image name or ID of any image that the engine has
     * @param path absolute path of the file on the host
     * @return the file, if there is one
     * @throws EngineException if the engine does not show it
     */
    @API(status = INTERNAL, since = "0.1")
    public Optional<byte[]> readHostFile(String image, String path) {
        // Podman makes what it is to mount and does not find, and leaves it there: so it is given what is always there.
        boolean whole = facts().product().equals("Podman");
        ContainerSpec spec = ContainerSpec.of(image, List.of("none"))
                .withMount(new ContainerSpec.HostMount(whole ? "/" : path, HOST_FILE, true));
        try (RunningContainer container = create(spec)) {
            return read(container.id(), whole ? HOST_FILE + path : HOST_FILE);
        } catch (EngineException refused) {
            String words = String.valueOf(refused.getMessage());
            if (words.contains("source path does not exist") || words.contains("no such file or directory")) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    private Optional<byte[]> read(String container, String path) {
        return new ContainerFiles(client, container)
                .read(path, (first, archive) -> Optional.of(archive.readAllBytes()));
    }

    /**
     * Create a container without starting it.
     *
     * @param spec the container
     * @return the container, which is removed when it is closed
     * @throws NameTakenException if there is a container of this name
     * @throws EngineException if the engine refuses the container
     */
    @API(status = INTERNAL, since = "0.1")
    public RunningContainer create(ContainerSpec spec) {
        // What JVMs share must not end with the first of them: Testcontainers' cleaner goes by the session's labels.
        return create(spec, spec.name().isPresent() ? session.labels() : sessionLabels());
    }

    RunningContainer create(ContainerSpec spec, Map<String, String> labels) {
        HostConfig host = new HostConfig()
                .withNetworkMode("none")
                .withReadonlyRootfs(!spec.writable())
                // Whatever the engine's default is, these logs can be read back.
                .withLogConfig(new LogConfig(LoggingType.JSON_FILE))
                .withMounts(mounts(spec))
                .withAutoRemove(spec.name().isPresent() || spec.input());
        if (spec.privileged()) {
            host.withPrivileged(true);
        } else {
            host.withCapDrop(Capability.ALL).withSecurityOpts(List.of("no-new-privileges"));
        }
        try (CreateContainerCmd create = client.createContainerCmd(spec.image())) {
            spec.name().ifPresent(create::withName);
            return new RunningContainer(
                    client,
                    create.withEntrypoint(spec.command())
                            .withHostConfig(host)
                            .withLabels(labels)
                            .withStdinOpen(spec.input())
                            .withStdInOnce(spec.input())
                            .withAttachStdin(spec.input())
                            .exec()
                            .getId());
        } catch (ConflictException taken) {
            throw new NameTakenException(EngineException.words(taken), taken);
        } catch (DockerException refused) {
            throw new EngineException(
                    "the engine can't create a container: " + EngineException.words(refused), refused);
        }
    }

    private static List<Mount> mounts(ContainerSpec spec) {
        List<Mount> mounts = new ArrayList<>();
        spec.mounts()
                .forEach(mount -> mounts.add(new Mount()
                        .withType(MountType.BIND)
                        .withSource(mount.source())
                        .withTarget(mount.target())
                        .withReadOnly(mount.readOnly())));
        spec.volumes()
                .forEach((path, name) -> mounts.add(
                        new Mount().withType(MountType.VOLUME).withSource(name).withTarget(path)));
        return mounts;
    }

    /** Return the engine in one line, with its address if it is on another machine. */
    @Override
    public String toString() {
        return facts() + remoteAddress().map(uri -> ", at " + uri).orElse("");
    }

    /** Return the labels by which Testcontainers, or the next run, removes what a killed JVM leaves behind. */
    @API(status = INTERNAL, since = "0.1")
    public Map<String, String> sessionLabels() {
        Map<String, String> labels = new HashMap<>(DockerClientFactory.DEFAULT_LABELS);
        labels.put(DockerClientFactory.TESTCONTAINERS_SESSION_ID_LABEL, DockerClientFactory.SESSION_ID);
        labels.putAll(session.labels());
        return labels;
    }
}
