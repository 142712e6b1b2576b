package dev.foreignarch.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** A container on another engine than the one that Testcontainers finds. */
final class ContainerElsewhere extends GenericContainer<ContainerElsewhere> {

    ContainerElsewhere(DockerClient client, String image) {
        super(DockerImageName.parse(image));
        dockerClient = client;
    }

    /** Testcontainers looks for it on the engine that it has found. */
    @Override
    public void stop() {
        String id = getContainerId();
        super.stop();
        if (id != null) {
            try {
                dockerClient.removeContainerCmd(id).withForce(true).exec();
            } catch (NotFoundException there) {
                // It was on that engine.
            }
        }
    }
}
