package dev.foreignarch.image;

import static java.util.stream.Collectors.toSet;
import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.ContainerConfig;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.InternetProtocol;
import dev.foreignarch.arch.Platform;
import dev.foreignarch.engine.Engine;
import dev.foreignarch.engine.EngineException;
import dev.foreignarch.engine.ImagePull;
import dev.foreignarch.engine.ImageStore;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.utility.DockerImageName;

/**
 * Finds the image of a platform, on an engine whose tags may stand for another one.
 *
 * <p>An image that the user's tag already stands for is used. Else the platform's image is pulled, checked, kept under a
 * private tag ({@code foreignarch.local/…}), and the user's tag is put back to where it was: the next
 * {@code docker run} gets what it got before. On Docker's classic image store the tag stands for the pulled image for
 * the moment between; other threads and JVMs that use this class never see that, since they wait for it.
 *
 * <p>A private tag is used until it is removed, even if the registry has a newer image meanwhile. This removes all of
 * them:
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

    private static final Logger LOG = LoggerFactory.getLogger(PlatformImages.class);

    private final Engine engine;
    private final DockerClient client;

    /**
     * Find images on an engine.
     *
     * @param engine the engine
     */
    public PlatformImages(Engine engine) {
        this.engine = engine;
        this.client = engine.client();
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
        String tag = name.asCanonicalNameString();
        String kept = PrivateTag.of(name, platform).toString();
        Optional<Platform> older = OfferedPlatform.olderThan(platform);
        return TagLock.holding(
                tag,
                () -> find(tag, tag, platform)
                        .or(() -> find(tag, kept, platform))
                        .or(() -> older.flatMap(it -> findOlder(tag, kept, it)))
                        .orElseGet(() -> pull(name, platform)));
    }

    private PinnedImage pull(DockerImageName name, Platform platform) {
        String tag = name.asCanonicalNameString();
        Optional<InspectImageResponse> before = inspect(tag);
        ImageRefusal refusal = new ImageRefusal(tag, platform, before.map(OfferedPlatform::of));
        if (tag.startsWith(BUILT_BY_TESTCONTAINERS)) {
            throw refusal.builtForAnother();
        }
        LOG.info("Pulling {} for {}", tag, platform);
        try {
            Pulled pulled = pull(name, platform, before);
            if (pulled.image().isEmpty()) {
                // Somebody who does not know of our lock may have moved the tag meanwhile.
                pulled = pull(name, platform, before);
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

    private Pulled pull(DockerImageName name, Platform platform, Optional<InspectImageResponse> before) {
        String tag = name.asCanonicalNameString();
        Set<String> digestsBefore = digests(name.getUnversionedPart());
        try {
            ImagePull.pull(engine, tag, Optional.of(platform));
        } catch (EngineException refused) {
            // An image without a list of platforms is pulled first, and refused then.
            if (inspect(tag).map(PlatformImages::id).equals(before.map(PlatformImages::id))) {
                throw refused;
            }
            LOG.debug("{} was pulled and refused", tag, refused);
        }
        InspectImageResponse pulled = inspect(tag)
                .orElseThrow(() -> new EngineException(
                        "it vanished right after it was pulled; something else removes images at the same time", null));
        try {
            Optional<PinnedImage> image = pinned(tag, pulled, platform)
                    .or(() -> OfferedPlatform.olderThan(platform).flatMap(older -> pinnedOlder(tag, pulled, older)));
            PrivateTag keep = PrivateTag.of(name, platform);
            image.ifPresent(it ->
                    client.tagImageCmd(it.id(), keep.repository(), keep.tag()).exec());
            return new Pulled(image, told(pulled));
        } finally {
            giveBack(name, pulled, before);
            forget(pulled, name.getUnversionedPart(), digestsBefore);
        }
    }

    /** On the containerd store an image tells of the engine's own platform, if it has that, too. */
    private OfferedPlatform told(InspectImageResponse image) {
        return engine.facts().imageStore() == ImageStore.CLASSIC ? OfferedPlatform.of(image) : OfferedPlatform.UNKNOWN;
    }

    private void giveBack(DockerImageName name, InspectImageResponse pulled, Optional<InspectImageResponse> before) {
        if (before.isEmpty()) {
            remove(name.asCanonicalNameString());
        } else if (!id(before.get()).equals(id(pulled))) {
            client.tagImageCmd(id(before.get()), name.getUnversionedPart(), name.getVersionPart())
                    .exec();
        }
    }

    /**
     * On the classic store a pull leaves a second name, repository@digest. It would keep an image that nobody wants, and
     * answer for the wrong platform when the user pulls by that digest.
     */
    private void forget(InspectImageResponse pulled, String repository, Set<String> digestsBefore) {
        if (engine.facts().imageStore() == ImageStore.CLASSIC) {
            inspect(id(pulled)).stream()
                    .flatMap(image -> digests(image.getRepoDigests(), repository))
                    .filter(digest -> !digestsBefore.contains(digest))
                    .forEach(this::remove);
        }
    }

    private Set<String> digests(String repository) {
        return client.listImagesCmd().withFilter("reference", List.of(repository)).exec().stream()
                .flatMap(image -> digests(
                        image.getRepoDigests() == null ? null : Arrays.asList(image.getRepoDigests()), repository))
                .collect(toSet());
    }

    private static Stream<String> digests(@Nullable List<String> all, String repository) {
        return Objects.requireNonNullElse(all, List.<String>of()).stream()
                .filter(digest -> TagLock.familiar(digest).startsWith(TagLock.familiar(repository) + "@"));
    }

    private void remove(String name) {
        try {
            client.removeImageCmd(name).withNoPrune(true).exec();
        } catch (NotFoundException | ConflictException alreadyGoneOrInUse) {
            LOG.debug("{} was not removed", name, alreadyGoneOrInUse);
        }
    }

    private Optional<PinnedImage> find(String name, String tag, Platform platform) {
        return inspect(tag).flatMap(image -> pinned(name, image, platform));
    }

    private Optional<PinnedImage> findOlder(String name, String tag, Platform older) {
        return inspect(tag).flatMap(image -> pinnedOlder(name, image, older));
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
        return provides(image, platform)
                ? Optional.of(new PinnedImage(name, id(image), platform, tcpPorts(image)))
                : Optional.empty();
    }

    /** On the containerd store a tag stands for several platforms, and only creating a container tells which. */
    private boolean provides(InspectImageResponse image, Platform platform) {
        if (engine.facts().imageStore() == ImageStore.CLASSIC) {
            return OfferedPlatform.of(image).is(platform);
        }
        try {
            String trial = client.createContainerCmd(id(image))
                    .withPlatform(platform.toString())
                    .withCmd("none")
                    .withLabels(Engine.sessionLabels())
                    .exec()
                    .getId();
            client.removeContainerCmd(trial).exec();
            return true;
        } catch (NotFoundException otherPlatforms) {
            return false;
        }
    }

    private static List<Integer> tcpPorts(InspectImageResponse image) {
        return Optional.ofNullable(image.getConfig()).map(ContainerConfig::getExposedPorts).stream()
                .flatMap(Arrays::stream)
                .filter(port -> port.getProtocol() == InternetProtocol.TCP)
                .map(ExposedPort::getPort)
                .sorted()
                .toList();
    }

    private Optional<InspectImageResponse> inspect(String name) {
        try {
            return Optional.of(client.inspectImageCmd(name).exec());
        } catch (NotFoundException absent) {
            return Optional.empty();
        }
    }

    private static String id(InspectImageResponse image) {
        return Objects.requireNonNull(image.getId(), "an image has an ID");
    }
}
