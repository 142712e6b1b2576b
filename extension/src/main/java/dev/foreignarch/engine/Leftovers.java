package dev.foreignarch.engine;

import static org.apiguardian.api.API.Status.INTERNAL;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Image;
import java.util.List;
import java.util.Set;
import org.apiguardian.api.API;

/** What JVMs that were killed have left on an engine: containers that have ended, and images that nobody needs. */
@API(status = INTERNAL, since = "0.1")
public final class Leftovers {

    private static final Set<String> ENDED = Set.of("created", "exited", "dead");

    private Leftovers() {}

    /** Remove what belongs to JVMs that have certainly ended. Running containers end by themselves. */
    public static void remove(Engine engine) {
        DockerClient client = engine.client();
        List<Container> containers = client.listContainersCmd()
                .withLabelFilter(List.of(Session.LABEL))
                .withShowAll(true)
                .exec();
        for (Container container : containers) {
            // Not as a filter of the engine's: Podman refuses states that it does not know.
            if (ENDED.contains(String.valueOf(container.getState())) && Session.isOver(container.getLabels())) {
                new RunningContainer(client, container.getId()).close();
            }
        }
        List<Image> images =
                client.listImagesCmd().withLabelFilter(Session.LABEL).exec();
        for (Image image : images) {
            if (Session.isOver(image.getLabels())) {
                remove(client, image);
            }
        }
    }

    private static void remove(DockerClient client, Image image) {
        try {
            client.removeImageCmd(image.getId()).withForce(true).exec();
        } catch (DockerException inUseOrGone) {
            // Another JVM sweeps too, or a container that has not ended yet needs it; the next run will see.
        }
    }
}
