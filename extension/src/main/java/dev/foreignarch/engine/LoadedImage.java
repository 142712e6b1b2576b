package dev.foreignarch.engine;

import static org.apiguardian.api.API.Status.INTERNAL;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import org.apiguardian.api.API;

/** An image of ForeignArch's own on an engine, which goes away when it is closed. */
@API(status = INTERNAL, since = "0.1")
public final class LoadedImage implements AutoCloseable {

    private final DockerClient client;
    private final String name;

    LoadedImage(DockerClient client, String name) {
        this.client = client;
        this.name = name;
    }

    /** Return name and tag of the image. */
    public String name() {
        return name;
    }

    @Override
    public void close() {
        try {
            client.removeImageCmd(name).withForce(true).exec();
        } catch (NotFoundException alreadyGone) {
            // Somebody cleaned up; that is what we want.
        }
    }
}
