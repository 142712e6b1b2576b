package dev.foreignarch.engine;

import static org.apiguardian.api.API.Status.INTERNAL;

import com.github.dockerjava.api.DockerClient;
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
 * A container that does not run yet: it shows what it would begin with, the image's settings and the creator's put
 * together by the engine itself.
 */
@API(status = INTERNAL, since = "0.1")
public final class DormantContainer implements StartingPoint, AutoCloseable {

    private final ContainerFiles files;
    private final InspectContainerResponse state;
    private final boolean ours;

    private DormantContainer(ContainerFiles files, InspectContainerResponse state, boolean ours) {
        this.files = files;
        this.state = state;
        this.ours = ours;
    }

    /**
     * Look at a container that somebody else has created. It stays when this is closed.
     *
     * @param client a client of its engine
     * @param id its ID
     * @return the container
     * @throws EngineException if the engine does not show it
     */
    public static DormantContainer created(DockerClient client, String id) {
        try {
            return new DormantContainer(
                    new ContainerFiles(client, id),
                    client.inspectContainerCmd(id).exec(),
                    false);
        } catch (DockerException refused) {
            throw new EngineException(
                    "the engine does not show a container: " + EngineException.words(refused), refused);
        }
    }

    /**
     * Create a container with the image, the platform, the command, the directory and the variables of another one. It is
     * never started, and removed when this is closed.
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
                    .withLabels(engine.sessionLabels())
                    .exec()
                    .getId();
            ContainerFiles files = new ContainerFiles(engine.client(), id);
            try {
                return new DormantContainer(
                        files, engine.client().inspectContainerCmd(id).exec(), true);
            } catch (RuntimeException failure) {
                files.remove();
                throw failure;
            }
        } catch (DockerException refused) {
            throw new EngineException(
                    "the engine can't create a container: " + EngineException.words(refused), refused);
        }
    }

    @Override
    public List<String> command() {
        List<String> command = new ArrayList<>(List.of(String.valueOf(state.getPath())));
        command.addAll(List.of(Objects.requireNonNullElse(state.getArgs(), new String[0])));
        return command;
    }

    @Override
    public String directory() {
        return Optional.ofNullable(state.getConfig())
                .map(ContainerConfig::getWorkingDir)
                .filter(directory -> !directory.isEmpty())
                .orElse("/");
    }

    @Override
    public Optional<String> variable(String name) {
        return Optional.ofNullable(state.getConfig()).map(ContainerConfig::getEnv).map(Arrays::stream).stream()
                .flatMap(Stream::sequential)
                .filter(variable -> variable.startsWith(name + "="))
                .map(variable -> variable.substring(name.length() + 1))
                .findFirst();
    }

    @Override
    public Optional<ContainerFile> find(String path, int length) {
        return files.find(path, length);
    }

    @Override
    public void close() {
        if (ours) {
            files.remove();
        }
    }
}
