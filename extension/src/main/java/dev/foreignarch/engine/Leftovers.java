package dev.foreignarch.engine;

import static org.apiguardian.api.API.Status.INTERNAL;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Image;
import java.util.List;
import org.apiguardian.api.API;

/** What JVMs that were killed have left on an engine: containers that have ended, and images that nobody needs. */
@API(status = INTERNAL, since = "0.1")
public final class Leftovers {

    private Leftovers() {}

    /** Remove what belongs to JVMs that have certainly ended. Running containers end by themselves. */
    public static void remove(Engine engine) {
        DockerClient client = engine.client();
        List<Container> containers = client.listContainersCmd()
                .withLabelFilter(List.of(Session.LABEL))
                .withStatusFilter(List.of("created", "exited", "dead"))
                .exec();
        for (Container container : containers) {
            if (Session.isOver(container.getLabels())) {
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
