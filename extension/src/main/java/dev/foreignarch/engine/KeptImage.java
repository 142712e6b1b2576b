package dev.foreignarch.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.command.RootFS;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.ContainerConfig;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An image that an engine has, compared with what it should be. A name proves nothing: {@code docker load} gives any name
 * to anything. What the engine says of layers it has computed itself when they came.
 */
final class KeptImage {

    private final DockerClient client;
    private final ScratchImage wanted;

    KeptImage(DockerClient client, ScratchImage wanted) {
        this.client = client;
        this.wanted = wanted;
    }

    /** Return the engine's ID of the image, if the one of this name has exactly the files that it should have. */
    Optional<String> id() {
        try {
            InspectImageResponse found = client.inspectImageCmd(wanted.name()).exec();
            return Optional.ofNullable(found.getId()).filter(id -> hasLayer(found) && addsNothing(found.getConfig()));
        } catch (NotFoundException absent) {
            return Optional.empty();
        } catch (DockerException refused) {
            throw new EngineException(
                    "the engine does not show the image " + wanted.name() + ": " + EngineException.words(refused),
                    refused);
        }
    }

    private boolean hasLayer(InspectImageResponse found) {
        RootFS files = found.getRootFS();
        return files != null && List.of(wanted.layerDigest()).equals(files.getLayers());
    }

    /** What an image adds to a container by itself, and nobody sees who only looks at its files. */
    private boolean addsNothing(@Nullable ContainerConfig config) {
        return config == null
                || (config.getHealthcheck() == null
                        && isEmpty(config.getVolumes())
                        && Objects.requireNonNullElse(config.getUser(), "").isEmpty()
                        && Objects.requireNonNullElse(config.getLabels(), Map.of())
                                .equals(wanted.labels()));
    }

    private static boolean isEmpty(@Nullable Map<String, ?> map) {
        return map == null || map.isEmpty();
    }
}
