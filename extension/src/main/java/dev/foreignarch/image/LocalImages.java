package dev.foreignarch.image;

import static java.util.stream.Collectors.toSet;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.ContainerConfig;
import com.github.dockerjava.api.model.Image;
import dev.foreignarch.arch.Platform;
import dev.foreignarch.engine.Engine;
import dev.foreignarch.engine.ImageStore;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;

/** The images that an engine has, and their names. */
final class LocalImages {

    private static final Logger LOG = LoggerFactory.getLogger(LocalImages.class);

    private final Engine engine;
    private final DockerClient client;

    LocalImages(Engine engine) {
        this.engine = engine;
        this.client = engine.client();
    }

    /** Return what the engine says of an image, if it has one of that name or ID. */
    Optional<InspectImageResponse> inspect(String name) {
        try {
            return Optional.of(client.inspectImageCmd(name).exec());
        } catch (NotFoundException absent) {
            return Optional.empty();
        }
    }

    static String id(InspectImageResponse image) {
        return Objects.requireNonNull(image.getId(), "an image has an ID");
    }

    /** Return whether an image is for a platform; perhaps for others, too. */
    boolean provides(InspectImageResponse image, Platform platform) {
        return severalPlatforms()
                ? canBeCreated(id(image), platform)
                : OfferedPlatform.of(image).is(platform);
    }

    /** Return what an image says that it is for, as far as the engine tells. */
    OfferedPlatform told(InspectImageResponse image) {
        // An image of several platforms tells of the engine's own, if that is among them.
        return severalPlatforms() ? OfferedPlatform.UNKNOWN : OfferedPlatform.of(image);
    }

    /** Return whether an image may stand for several platforms. */
    boolean severalPlatforms() {
        return engine.facts().imageStore() == ImageStore.CONTAINERD;
    }

    /** Only creating a container tells which platforms an image has. */
    private boolean canBeCreated(String id, Platform platform) {
        try {
            String trial = client.createContainerCmd(id)
                    .withPlatform(platform.toString())
                    .withCmd("none")
                    .withLabels(engine.sessionLabels())
                    .exec()
                    .getId();
            // Docker makes the image's volumes with the container.
            client.removeContainerCmd(trial)
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec();
            return true;
        } catch (NotFoundException otherPlatforms) {
            return false;
        }
    }

    /** Give an image, by its name or ID, another name. */
    void tag(String image, String repository, String tag) {
        client.tagImageCmd(image, repository, tag).exec();
    }

    /** Take a name away; and the image, if it was the only one. */
    void remove(String name) {
        try {
            client.removeImageCmd(name).withNoPrune(true).exec();
        } catch (NotFoundException | ConflictException alreadyGoneOrInUse) {
            LOG.debug("{} was not removed", name, alreadyGoneOrInUse);
        }
    }

    /** Return the IDs that all names stand for, tags and names by digest. */
    Map<String, String> idsByName() {
        Map<String, String> ids = new TreeMap<>();
        for (Image image : client.listImagesCmd().exec()) {
            Stream.of(image.getRepoTags(), image.getRepoDigests())
                    .filter(Objects::nonNull)
                    .flatMap(Arrays::stream)
                    .filter(name -> !name.startsWith("<none>"))
                    .forEach(name -> ids.put(name, image.getId()));
        }
        return ids;
    }

    /** Return whether Testcontainers has built an image: it gives it a label. */
    static boolean isBuiltByTestcontainers(InspectImageResponse image) {
        return Optional.ofNullable(image.getConfig())
                .map(ContainerConfig::getLabels)
                .filter(labels -> labels.containsKey(DockerClientFactory.TESTCONTAINERS_LABEL))
                .isPresent();
    }

    /** Return the names of a repository's images by digest. */
    Set<String> digests(String repository) {
        return client.listImagesCmd().withFilter("reference", List.of(repository)).exec().stream()
                .map(image -> image.getRepoDigests() == null ? null : Arrays.asList(image.getRepoDigests()))
                .flatMap(all -> digests(all, repository))
                .collect(toSet());
    }

    /** Return the names of one image by digest, in a repository. */
    static Stream<String> digests(InspectImageResponse image, String repository) {
        return digests(image.getRepoDigests(), repository);
    }

    private static Stream<String> digests(@Nullable List<String> all, String repository) {
        return Objects.requireNonNullElse(all, List.<String>of()).stream()
                .filter(digest -> FamiliarName.of(digest).startsWith(FamiliarName.of(repository) + "@"));
    }
}
