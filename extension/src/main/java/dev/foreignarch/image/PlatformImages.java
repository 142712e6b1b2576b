package dev.foreignarch.image;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectImageResponse;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apiguardian.api.API;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.utility.DockerImageName;

/**
 * Finds the image of a platform, on an engine whose tags may stand for another one.
 *
 * <p>An image that the user's tag already stands for is used. Else the platform's image is pulled, checked, kept under a
 * private tag ({@code foreignarch.local/…}), and the user's tag is put back to where it was: the next
 * {@code docker run} gets what it got before.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public final class PlatformImages {

    /** Repository of the private tags. No registry serves it. */
    public static final String PRIVATE_REPOSITORY = "foreignarch.local/";

    private static final Logger LOG = LoggerFactory.getLogger(PlatformImages.class);

    /** One lock for a name in the whole JVM: between a pull and putting the tag back, nobody else may move the tag. */
    private static final ConcurrentMap<String, Object> LOCKS = new ConcurrentHashMap<>();

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
        synchronized (LOCKS.computeIfAbsent(tag, key -> new Object())) {
            return find(tag, platform)
                    .or(() -> find(PrivateTag.of(name, platform).toString(), platform))
                    .map(image -> pinned(tag, image, platform))
                    .orElseGet(() -> pull(name, platform));
        }
    }

    private Optional<InspectImageResponse> find(String tag, Platform platform) {
        return inspect(tag).filter(image -> provides(image, platform));
    }

    private PinnedImage pull(DockerImageName name, Platform platform) {
        String tag = name.asCanonicalNameString();
        Optional<InspectImageResponse> before = inspect(tag);
        LOG.info("Pulling {} for {}", tag, platform);
        try {
            ImagePull.pull(engine, tag, Optional.of(platform));
        } catch (EngineException refused) {
            throw new PlatformImageException(notPulled(tag, platform, before, refused), refused);
        }
        InspectImageResponse pulled = inspect(tag)
                .orElseThrow(() -> new PlatformImageException(tag + " vanished after it was pulled.", null));
        try {
            if (!provides(pulled, platform)) {
                throw new PlatformImageException(
                        "The registry offers " + tag + " for " + platform + ", but what came is an image for "
                                + platformOf(pulled) + ". Use an image that is really built for " + platform + ".",
                        null);
            }
            PrivateTag keep = PrivateTag.of(name, platform);
            client.tagImageCmd(id(pulled), keep.repository(), keep.tag()).exec();
            return pinned(tag, pulled, platform);
        } finally {
            giveBack(name, pulled, before);
        }
    }

    private void giveBack(DockerImageName name, InspectImageResponse pulled, Optional<InspectImageResponse> before) {
        if (name.getVersionPart().startsWith("sha256:")) {
            // A digest always stands for the same content: there is no tag that could have moved.
            return;
        }
        if (before.isEmpty()) {
            client.removeImageCmd(name.asCanonicalNameString())
                    .withNoPrune(true)
                    .exec();
        } else if (!id(before.get()).equals(id(pulled))) {
            client.tagImageCmd(id(before.get()), name.getUnversionedPart(), name.getVersionPart())
                    .exec();
        }
    }

    /** On the containerd store a tag stands for several platforms, and only creating a container tells which. */
    private boolean provides(InspectImageResponse image, Platform platform) {
        if (engine.facts().imageStore() == ImageStore.CLASSIC) {
            return answers(platformOf(image), platform);
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

    /** A newer ARM runs the programs of an older one. Nothing else may stand for a platform. */
    private static boolean answers(Platform offered, Platform wanted) {
        if (offered.equals(wanted)) {
            return true;
        }
        boolean olderArm = offered.os().equals(wanted.os())
                && offered.architecture().equals("arm")
                && wanted.equals(new Platform("linux", "arm", "v7"))
                && "v6".equals(offered.variant());
        if (olderArm) {
            LOG.warn("There is no image for {}; the one for {} is used, which runs there too", wanted, offered);
        }
        return olderArm;
    }

    private static String notPulled(
            String tag, Platform platform, Optional<InspectImageResponse> before, EngineException refused) {
        String local = before.map(image -> " The engine has " + tag + " only for " + platformOf(image) + ".")
                .orElse("");
        String words = String.valueOf(refused.getMessage());
        if (words.contains("no match")) {
            return tag + " is not offered for " + platform + " (" + words + ")." + local
                    + " Use a tag that is built for this platform ('docker manifest inspect " + tag
                    + "' lists the platforms), or leave this architecture out.";
        }
        return tag + " can't be pulled for " + platform + " (" + words + ")." + local
                + " Check the name, and that the engine reaches the registry: docker pull --platform " + platform + " "
                + tag;
    }

    private static PinnedImage pinned(String tag, InspectImageResponse image, Platform platform) {
        return new PinnedImage(tag, id(image), platform, tcpPorts(image));
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

    private static Platform platformOf(InspectImageResponse image) {
        String os = Objects.requireNonNullElse(image.getOs(), "unknown");
        String architecture = Objects.requireNonNullElse(image.getArch(), "unknown");
        Object variant = image.getRawValues().get("Variant");
        // An ARM image without a variant is older than variants, and may be for any version: it is taken for v7.
        return new Platform(os, architecture, variant == null ? null : variant.toString());
    }
}
