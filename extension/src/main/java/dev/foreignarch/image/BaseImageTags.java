package dev.foreignarch.image;

import com.github.dockerjava.api.command.InspectImageResponse;
import dev.foreignarch.arch.Platform;
import dev.foreignarch.engine.Engine;
import dev.foreignarch.engine.EngineLock;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.utility.DockerImageName;

/**
 * The user's tags while an image is built for a foreign platform. The builder pulls base images for that platform, and
 * moves their tags as it does so; nobody but the builder knows which they are.
 */
final class BaseImageTags {

    private static final Logger LOG = LoggerFactory.getLogger(BaseImageTags.class);

    private final Engine engine;
    private final LocalImages images;
    private final Map<String, String> before;

    private BaseImageTags(Engine engine, LocalImages images) {
        this.engine = engine;
        this.images = images;
        this.before = images.idsByName();
    }

    static BaseImageTags of(Engine engine, LocalImages images) {
        return new BaseImageTags(engine, images);
    }

    /**
     * Let each tag stand for what it stood for, or for nothing, unless it was pulled for the host meanwhile.
     *
     * @param built the platform that the image was built for
     */
    void giveBack(Platform built) {
        images.idsByName().entrySet().stream()
                .filter(entry -> !entry.getValue().equals(before.get(entry.getKey())))
                .map(Map.Entry::getKey)
                .filter(name -> !name.startsWith(PlatformImages.PRIVATE_REPOSITORY))
                // First tags, then digests: an image without a name can't be kept.
                .sorted((one, other) -> Boolean.compare(one.contains("@"), other.contains("@")))
                // A pull of this name that runs at the moment has borrowed what it gives back: it does so first.
                .forEach(name -> EngineLock.holding(engine, FamiliarName.of(canonical(name)), () -> {
                    images.inspect(name).filter(this::isBase).ifPresent(now -> giveBack(name, now, built));
                    return name;
                }));
    }

    private static String canonical(String name) {
        return DockerImageName.parse(name).asCanonicalNameString();
    }

    private boolean isBase(InspectImageResponse image) {
        return !LocalImages.isBuiltByTestcontainers(image)
                && !images.provides(image, engine.facts().architecture().platform());
    }

    private void giveBack(String name, InspectImageResponse now, Platform built) {
        if (name.contains("@")) {
            images.remove(name);
            return;
        }
        DockerImageName tag = DockerImageName.parse(name);
        boolean pulled =
                LocalImages.digests(now, tag.getUnversionedPart()).findAny().isPresent();
        if (pulled && images.provides(now, built)) {
            // So that the next build need not load its layers again.
            PrivateTag kept = PrivateTag.of(tag, built);
            images.tag(LocalImages.id(now), kept.repository(), kept.tag());
        }
        Optional<String> id = Optional.ofNullable(before.get(name))
                .filter(old -> images.inspect(old).isPresent());
        if (id.isPresent()) {
            images.tag(id.get(), tag.getUnversionedPart(), tag.getVersionPart());
        } else {
            images.remove(name);
        }
        LOG.info("{} stands for what it stood for before an image was built on it for {}", name, built);
    }
}
