package dev.foreignarch.jupiter;

import com.github.dockerjava.api.command.InspectContainerResponse;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.lifecycle.Startable;

/** A container that needs no engine. */
class FakeContainer extends GenericContainer<FakeContainer> {

    private final String image;
    private @Nullable String place;
    private @Nullable String id;
    private boolean failing;

    FakeContainer(String image) {
        super(image);
        this.image = image;
    }

    FakeContainer failing() {
        failing = true;
        return this;
    }

    /** Take the part of ForeignArch's binding. */
    void placeOn(String architecture) {
        place = architecture;
    }

    String place() {
        return String.valueOf(place);
    }

    @Override
    public void start() {
        if (id != null) {
            return;
        }
        getDependencies().forEach(Startable::start);
        Journal.note("start " + image + " on " + place);
        if (failing) {
            throw new ContainerLaunchException("Container startup failed for image " + image);
        }
        id = "container-of-" + image;
    }

    String printed() {
        return "hello from " + place + "\n";
    }

    @Override
    public void stop() {
        if (id == null && !failing) {
            return;
        }
        Journal.note("stop " + image + " on " + place);
        id = null;
    }

    @Override
    public @Nullable String getContainerId() {
        return id;
    }

    @Override
    public String getDockerImageName() {
        if (id == null) {
            throw new AssertionError("Testcontainers would pull the image now.");
        }
        return image;
    }

    @Override
    public InspectContainerResponse getContainerInfo() {
        return new InspectContainerResponse() {
            @Override
            public String getImageId() {
                return "sha256:" + image.hashCode();
            }
        };
    }

    @Override
    public String getLogs() {
        return "all of the log of " + image + " on " + place + "\n";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
