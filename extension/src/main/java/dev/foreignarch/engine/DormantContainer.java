package dev.foreignarch.engine;

import static org.apiguardian.api.API.Status.INTERNAL;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.ContainerConfig;
import com.github.dockerjava.api.model.HostConfig;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apiguardian.api.API;

/**
 * A container that is never started: it shows what another one would begin with, the image's settings and the creator's
 * put together by the engine itself. It is removed when it is closed.
 */
@API(status = INTERNAL, since = "0.1")
public final class DormantContainer implements AutoCloseable {

    private static final int MOST_LINKS = 40;

    private final Engine engine;
    private final String id;
    private final InspectContainerResponse state;

    private DormantContainer(Engine engine, String id, InspectContainerResponse state) {
        this.engine = engine;
        this.id = id;
        this.state = state;
    }

    /**
     * Create a container with the image, the platform, the command, the directory and the variables of another one.
     *
     * @param engine the engine
     * @param pattern what the other one is to be created of
     * @return the container
     * @throws EngineException if the engine refuses it
     */
    public static DormantContainer like(Engine engine, CreateContainerCmd pattern) {
        try (CreateContainerCmd create =
                engine.client().createContainerCmd(Objects.requireNonNull(pattern.getImage()))) {
            Optional.ofNullable(pattern.getPlatform()).ifPresent(create::withPlatform);
            Optional.ofNullable(pattern.getEntrypoint()).ifPresent(create::withEntrypoint);
            Optional.ofNullable(pattern.getCmd()).ifPresent(create::withCmd);
            Optional.ofNullable(pattern.getWorkingDir()).ifPresent(create::withWorkingDir);
            Optional.ofNullable(pattern.getEnv()).ifPresent(create::withEnv);
            String id = create.withHostConfig(new HostConfig().withNetworkMode("none"))
                    .withLabels(Engine.sessionLabels())
                    .exec()
                    .getId();
            return new DormantContainer(
                    engine, id, engine.client().inspectContainerCmd(id).exec());
        } catch (DockerException refused) {
            throw new EngineException(
                    "the engine can't create a container: " + EngineException.words(refused), refused);
        }
    }

    /** Return the program that it would start, as it is written in the image or by the creator, and its arguments. */
    public List<String> command() {
        List<String> command = new ArrayList<>(List.of(String.valueOf(state.getPath())));
        command.addAll(List.of(Objects.requireNonNullElse(state.getArgs(), new String[0])));
        return command;
    }

    /** Return the absolute path of the directory that it would start in. */
    public String directory() {
        return Optional.ofNullable(state.getConfig())
                .map(ContainerConfig::getWorkingDir)
                .filter(directory -> !directory.isEmpty())
                .orElse("/");
    }

    /** Return the value of a variable, if the program would find it in its environment. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(state.getConfig()).map(ContainerConfig::getEnv).map(Arrays::stream).stream()
                .flatMap(Stream::sequential)
                .filter(variable -> variable.startsWith(name + "="))
                .map(variable -> variable.substring(name.length() + 1))
                .findFirst();
    }

    /**
     * Read the beginning of a file.
     *
     * @param path absolute path, through symbolic links
     * @param length how many bytes, at most
     * @return the bytes, if there is such a file
     */
    public Optional<byte[]> readBeginning(String path, int length) {
        return readBeginning(path, length, MOST_LINKS);
    }

    private Optional<byte[]> readBeginning(String path, int length, int links) {
        try (InputStream archive =
                        engine.client().copyArchiveFromContainerCmd(id, path).exec();
                TarArchiveInputStream tar = new TarArchiveInputStream(archive)) {
            TarArchiveEntry entry = tar.getNextEntry();
            if (entry != null && entry.isSymbolicLink() && links > 0) {
                return readBeginning(target(path, entry.getLinkName()), length, links - 1);
            }
            return entry != null && entry.isFile() ? Optional.of(tar.readNBytes(length)) : Optional.empty();
        } catch (NotFoundException absent) {
            return Optional.empty();
        } catch (IOException exception) {
            throw new EngineException("reading " + path + " from a container failed", exception);
        }
    }

    private static String target(String link, String name) {
        return name.startsWith("/") ? name : link.substring(0, link.lastIndexOf('/') + 1) + name;
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
}
