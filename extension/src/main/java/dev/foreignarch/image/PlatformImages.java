package dev.foreignarch.image;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;
import static org.apiguardian.api.API.Status.INTERNAL;

import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.model.ContainerConfig;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.InternetProtocol;
import dev.foreignarch.arch.Architecture;
import dev.foreignarch.arch.Platform;
import dev.foreignarch.engine.Engine;
import dev.foreignarch.engine.EngineException;
import dev.foreignarch.engine.EngineLock;
import dev.foreignarch.engine.ImagePull;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.utility.DockerImageName;

/**
 * Finds the image of a platform, on an engine whose tags may stand for another one.
 *
 * <p>An image that the user's tag already stands for is used. Else the platform's image is pulled, checked, kept under a
 * private tag ({@code foreignarch.local/…}), and the user's tag is put back to where it was: the next
 * {@code docker run} gets what it got before. On Docker's classic image store the tag stands for the pulled image for
 * the moment between; who uses this class on the same engine never sees that, since it waits for it, in whatever thread,
 * JVM or machine. If the JVM is killed in that moment, the next use of the image, for whatever platform, gives the tag
 * back.
 *
 * <p>A private tag is used as Testcontainers uses an image that the engine has: until it is removed, even if the
 * registry has a newer one meanwhile. This removes all of them, so that the newest are pulled:
 *
 * {@snippet :
 * docker images --format '{{.Repository}}:{{.Tag}}' | grep '^foreignarch.local/' | xargs -r docker rmi
 * }
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public final class PlatformImages {

    /** Repository of the private tags. No registry serves it. */
    public static final String PRIVATE_REPOSITORY = "foreignarch.local/";

    /** Where Testcontainers keeps the images that it builds. No registry serves it either. */
    private static final String BUILT_BY_TESTCONTAINERS = "localhost/testcontainers/";

    /** Name of the lock that builds for foreign platforms wait for. It is no name of an image. */
    private static final String BUILDS = "builds for foreign platforms";

    private static final Logger LOG = LoggerFactory.getLogger(PlatformImages.class);

    private final Engine engine;
    private final LocalImages images;

    /**
     * Find images on an engine.
     *
     * @param engine the engine
     */
    public PlatformImages(Engine engine) {
        this.engine = engine;
        this.images = new LocalImages(engine);
    }

    /**
     * Find the image of a platform, and pull it if need be.
     *
     * @param name name of the image, with whatever Testcontainers substitutes already done
     * @param platform the platform
     * @return the image
     * @throws PlatformImageException if the image is not to be had for the platform
     */
    public PinnedImage resolve(DockerImageName name, Platform platform) {
        if (!BorrowedTag.isBorrowed(images, name)) {
            // A pinned image is the right one whatever others do to its names: nobody need be waited for.
            Optional<PinnedImage> here = find(name, platform);
            if (here.isPresent()) {
                return here.get();
            }
        }
        return EngineLock.holding(engine, FamiliarName.of(name.asCanonicalNameString()), () -> {
            BorrowedTag.giveBackOfKilledRun(images, name, host());
            return find(name, platform).orElseGet(() -> pull(name, platform));
        });
    }

    /**
     * Let Testcontainers build an image for a platform, and the tags of the images that it is built on stay what they
     * were.
     *
     * @param platform the platform
     * @param build builds the image
     * @return what that returns
     */
    @API(status = INTERNAL, since = "0.1")
    public <T> T building(Platform platform, Supplier<T> build) {
        if (platform.equals(host())) {
            return build.get();
        }
        // What one build has moved, another one must not take for the user's.
        return EngineLock.holding(engine, BUILDS, () -> {
            BaseImageTags tags = BaseImageTags.of(engine, images);
            try {
                return build.get();
            } finally {
                tags.giveBack(platform);
            }
        });
    }

    private Optional<PinnedImage> find(DockerImageName name, Platform platform) {
        String tag = name.asCanonicalNameString();
        String kept = PrivateTag.of(name, platform).toString();
        return find(tag, tag, platform)
                .or(() -> find(tag, kept, platform))
                .or(() -> OfferedPlatform.olderThan(platform).flatMap(older -> findOlder(tag, kept, older)));
    }

    /**
     * Return what an image is for, as far as the engine tells: of an image of several platforms it is the engine's own.
     *
     * @param image name or ID of the image
     * @return its architecture; absent if it is unknown, or there is no such image
     */
    @API(status = INTERNAL, since = "0.1")
    public Optional<Architecture> architectureOf(String image) {
        return images.inspect(image).map(OfferedPlatform::of).flatMap(told -> Architecture.find(told.toString()));
    }

    private PinnedImage pull(DockerImageName name, Platform platform) {
        String tag = name.asCanonicalNameString();
        Optional<InspectImageResponse> here = images.inspect(tag);
        ImageRefusal refusal =
                new ImageRefusal(tag, platform, here.map(OfferedPlatform::of), images.severalPlatforms());
        if (tag.startsWith(BUILT_BY_TESTCONTAINERS)
                || here.filter(LocalImages::isBuiltByTestcontainers).isPresent()) {
            throw images.severalPlatforms() ? refusal.builtOnContainerdStore() : refusal.builtForAnother();
        }
        LOG.info("Pulling {} for {}", tag, platform);
        try {
            Pulled pulled = pullAndGiveBack(name, platform);
            if (pulled.image().isEmpty()) {
                // Somebody who does not know of our lock may have moved the tag meanwhile.
                pulled = pullAndGiveBack(name, platform);
            }
            OfferedPlatform offered = pulled.offered();
            return pulled.image().orElseThrow(() -> refusal.another(offered));
        } catch (EngineException refused) {
            return OfferedPlatform.olderThan(platform)
                    .flatMap(older -> findOlder(tag, tag, older))
                    .orElseThrow(() -> refusal.notPulled(refused));
        }
    }

    /** What a pull has brought: the image, if it is for the platform, and what it says that it is for. */
    private record Pulled(Optional<PinnedImage> image, OfferedPlatform offered) {}

    private Pulled pullAndGiveBack(DockerImageName name, Platform platform) {
        String tag = name.asCanonicalNameString();
        BorrowedTag borrowed = BorrowedTag.of(images, name);
        boolean wrongOneCame = false;
        try {
            wrongOneCame = !bringsPlatform(tag, platform, borrowed);
            InspectImageResponse image = images.inspect(tag)
                    .orElseThrow(() -> new EngineException(
                            "it vanished right after it was pulled; something else removes images at the same time",
                            null));
            return new Pulled(keep(name, image, platform), images.told(image));
        } finally {
            borrowed.giveBack(wrongOneCame ? ours -> false : now -> isPulledBySomebodyElse(now, platform));
        }
    }

    /**
     * A test beside this one may have pulled the host's image meanwhile, without knowing of our lock. An image of several
     * platforms can't tell: it may have the host's from another name's pull.
     */
    private boolean isPulledBySomebodyElse(InspectImageResponse now, Platform platform) {
        return !images.severalPlatforms() && !platform.equals(host()) && images.provides(now, host());
    }

    private Platform host() {
        return engine.facts().architecture().platform();
    }

    /** Pull; return false if the registry has no list of platforms, and gave an image of another one. */
    private boolean bringsPlatform(String tag, Platform platform, BorrowedTag borrowed) {
        try {
            ImagePull.pull(engine, tag, Optional.of(platform));
            return true;
        } catch (EngineException refused) {
            // An image without a list of platforms is pulled first, and refused then.
            boolean came = images.inspect(tag).filter(borrowed::isOther).isPresent();
            if (!came && !String.valueOf(refused.getMessage()).contains("specified platform")) {
                throw refused;
            }
            LOG.debug("{} was pulled and refused", tag, refused);
            return false;
        }
    }

    private Optional<PinnedImage> keep(DockerImageName name, InspectImageResponse pulled, Platform platform) {
        String tag = name.asCanonicalNameString();
        Optional<PinnedImage> image = pinned(tag, pulled, platform)
                .or(() -> OfferedPlatform.olderThan(platform).flatMap(older -> pinnedOlder(tag, pulled, older)));
        PrivateTag kept = PrivateTag.of(name, platform);
        image.ifPresent(it -> images.tag(it.id(), kept.repository(), kept.tag()));
        return image;
    }

    private Optional<PinnedImage> find(String name, String tag, Platform platform) {
        return images.inspect(tag).flatMap(image -> pinned(name, image, platform));
    }

    private Optional<PinnedImage> findOlder(String name, String tag, Platform older) {
        return images.inspect(tag).flatMap(image -> pinnedOlder(name, image, older));
    }

    private Optional<PinnedImage> pinnedOlder(String name, InspectImageResponse image, Platform older) {
        Optional<PinnedImage> pinned = pinned(name, image, older);
        pinned.ifPresent(it -> LOG.warn(
                "{} is not to be had for the platform itself; the image for {} is used, whose"
                        + " programs run there, too",
                name,
                older));
        return pinned;
    }

    private Optional<PinnedImage> pinned(String name, InspectImageResponse image, Platform platform) {
        return images.provides(image, platform)
                ? Optional.of(new PinnedImage(name, LocalImages.id(image), platform, tcpPorts(image)))
                : Optional.empty();
    }

    private static List<Integer> tcpPorts(InspectImageResponse image) {
        return Optional.ofNullable(image.getConfig()).map(ContainerConfig::getExposedPorts).stream()
                .flatMap(Arrays::stream)
                .filter(port -> port.getProtocol() == InternetProtocol.TCP)
                .map(ExposedPort::getPort)
                .sorted()
                .toList();
    }
}
