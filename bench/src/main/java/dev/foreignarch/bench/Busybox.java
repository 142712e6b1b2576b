package dev.foreignarch.bench;

import java.util.Objects;
import org.testcontainers.containers.GenericContainer;

/** What a generated class needs that does without the extension. */
public final class Busybox {

    private Busybox() {}

    /** Return a container of s390x, by the ID and platform of an image that is there. */
    public static GenericContainer<?> plain() {
        String id = Objects.requireNonNull(System.getProperty("bench.busybox"), "bench.busybox");
        return new GenericContainer<>("busybox:1.36")
                .withImagePullPolicy(name -> false)
                .withCommand("sleep", "600")
                .withCreateContainerCmdModifier(create -> create.withImage(id).withPlatform("linux/s390x"));
    }
}
