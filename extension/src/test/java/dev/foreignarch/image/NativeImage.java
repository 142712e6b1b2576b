package dev.foreignarch.image;

import dev.foreignarch.engine.Engine;
import org.testcontainers.utility.DockerImageName;

/**
 * An image of the engine's own architecture. Its usual name may stand for another one on a developer's machine: after
 * {@code docker run --platform linux/s390x busybox:1.36}, it does until the next pull.
 */
public final class NativeImage {

    private static final String REPOSITORY = "foreignarch-test/native-";

    private NativeImage() {}

    /** Return another name for it, that nobody else moves. What the usual name stands for stays. */
    public static String of(String name) {
        return of(Engine.ofTestcontainers(), name);
    }

    /** Return another name for it on an engine. */
    static String of(Engine engine, String name) {
        DockerImageName usual = DockerImageName.parse(name);
        PinnedImage image = new PlatformImages(engine)
                .resolve(usual, engine.facts().architecture().platform());
        String repository = REPOSITORY + usual.getUnversionedPart();
        engine.client()
                .tagImageCmd(image.id(), repository, usual.getVersionPart())
                .exec();
        return repository + ":" + usual.getVersionPart();
    }
}
