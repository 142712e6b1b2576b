package dev.foreignarch.image;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.arch.Platform;
import dev.foreignarch.emulation.Emulation;
import dev.foreignarch.emulation.EmulationSettings;
import dev.foreignarch.emulation.Verdict;
import dev.foreignarch.engine.Engine;
import java.util.ArrayList;
import java.util.List;
import org.testcontainers.utility.DockerImageName;

/** The images that one test publishes and brings to an engine, by names that no other test has. */
final class PublishedImages {

    static final Platform S390X = Platform.parse("linux/s390x");
    static final Platform ARM_V7 = Platform.parse("linux/arm/v7");
    static final Platform ARM64 = Platform.parse("linux/arm64");
    static final Platform AMD64 = Platform.parse("linux/amd64");

    private final Engine engine;
    private final PlatformImages images;
    private final List<String> names = new ArrayList<>();

    PublishedImages(Engine engine) {
        this.engine = engine;
        this.images = new PlatformImages(engine);
    }

    /** Let programs for the platforms above run on Testcontainers' engine. */
    static void prepareTheirPrograms() {
        try (Emulation emulation = Emulation.onDefaultEngine(EmulationSettings.DEFAULT)) {
            emulation
                    .prepare(List.of(Architecture.S390X, Architecture.ARM32V7, Architecture.ARM64V8))
                    .values()
                    .forEach(Verdict::orThrow);
        }
    }

    PinnedImage resolve(String name, Platform platform) {
        return images.resolve(DockerImageName.parse(name), platform);
    }

    /** Publish an honest image for some platforms. */
    String publish(String name, String... platforms) {
        return bring(LocalRegistry.publish(name, platforms));
    }

    /** Note a name that must be gone after the test. */
    String bring(String name) {
        names.add(name);
        return name;
    }

    /** Give an image a second name that no registry knows. */
    String localCopy(String source) {
        String name = bring("foreignarch-test.local/" + LocalRegistry.unique("local") + ":1");
        tag(source, name);
        return name;
    }

    void tag(String source, String name) {
        engine.client().tagImageCmd(source, repository(name), "1").exec();
    }

    /** Remove everything from the engine. */
    void remove() {
        names.forEach(name -> new EngineImages(engine).remove(path(name)));
    }

    /** The part of a name that no other test has, and that is in its private tags, too. */
    static String path(String name) {
        return name.substring(name.indexOf('/') + 1, name.lastIndexOf(name.contains("@") ? '@' : ':'));
    }

    static String repository(String name) {
        return DockerImageName.parse(name).getUnversionedPart();
    }
}
