package dev.foreignarch.engine;

import static org.apiguardian.api.API.Status.INTERNAL;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import org.apiguardian.api.API;

/** An image of ForeignArch's own on an engine, which goes away when it is closed. */
@API(status = INTERNAL, since = "0.1")
public final class LoadedImage implements AutoCloseable {

    private final DockerClient client;
    private final String name;
    private final boolean withForce;

    /** With force an image goes away though a container needs it: Docker keeps the container, Podman does not. */
    LoadedImage(DockerClient client, String name, boolean withForce) {
        this.client = client;
        this.name = name;
        this.withForce = withForce;
    }

    /** Return name and tag of the image. */
    public String name() {
        return name;
    }

    @Override
    public void close() {
        try {
            client.removeImageCmd(name).withForce(withForce).exec();
        } catch (NotFoundException | ConflictException goneOrInUse) {
            // Somebody cleaned up, which is what we want. Or a container needs it, and the next run cleans up.
        }
    }
}
