package dev.foreignarch.engine;

import static org.apiguardian.api.API.Status.INTERNAL;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.ContainerConfig;
import com.github.dockerjava.api.model.HostConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * A container that is never started: it shows what another one would begin with, the image's settings and the creator's
 * put together by the engine itself. It is removed when it is closed.
 */
@API(status = INTERNAL, since = "0.1")
public final class DormantContainer implements AutoCloseable {

    private final ContainerFiles files;
    private final InspectContainerResponse state;

    private DormantContainer(ContainerFiles files, InspectContainerResponse state) {
        this.files = files;
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
            ContainerFiles files = new ContainerFiles(engine.client(), id);
            try {
                return new DormantContainer(
                        files, engine.client().inspectContainerCmd(id).exec());
            } catch (RuntimeException failure) {
                files.remove();
                throw failure;
            }
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
        return files.read(
                path, (first, archive) -> first.isFile() ? Optional.of(archive.readNBytes(length)) : Optional.empty());
    }

    @Override
    public void close() {
        files.remove();
    }
}
