package dev.foreignarch.image;

import com.github.dockerjava.api.command.InspectImageResponse;
import dev.foreignarch.arch.Platform;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.utility.DockerImageName;

/**
 * The user's tag while a pull moves it. What it stood for has another name meanwhile: an image that lost its last name
 * can't be found again on the containerd store, and may be pruned on the classic one.
 */
final class BorrowedTag {

    private static final Logger LOG = LoggerFactory.getLogger(BorrowedTag.class);

    private final LocalImages images;
    private final DockerImageName name;
    private final Optional<InspectImageResponse> before;
    private final Set<String> digestsBefore;
    private final PrivateTag held;

    private BorrowedTag(LocalImages images, DockerImageName name) {
        this.images = images;
        this.name = name;
        this.before = images.inspect(name.asCanonicalNameString());
        this.digestsBefore = images.severalPlatforms() ? Set.of() : images.digests(name.getUnversionedPart());
        this.held = PrivateTag.holding(name);
    }

    static BorrowedTag of(LocalImages images, DockerImageName name) {
        BorrowedTag borrowed = new BorrowedTag(images, name);
        borrowed.before.ifPresent(
                image -> images.tag(LocalImages.id(image), borrowed.held.repository(), borrowed.held.tag()));
        return borrowed;
    }

    /** Return whether somebody pulls the image at the moment, or was killed as they did so. */
    static boolean isBorrowed(LocalImages images, DockerImageName name) {
        return images.inspect(PrivateTag.holding(name).toString()).isPresent();
    }

    /**
     * Give back the tag that a run borrowed which was killed. A tag that stands for the host's platform was moved since
     * by its user, and one that is gone was removed; both stay as they are.
     */
    static void giveBackOfKilledRun(LocalImages images, DockerImageName name, Platform host) {
        String tag = name.asCanonicalNameString();
        PrivateTag held = PrivateTag.holding(name);
        images.inspect(held.toString()).ifPresent(before -> {
            if (images.inspect(tag)
                    .filter(now -> !LocalImages.id(now).equals(LocalImages.id(before)))
                    .filter(now -> !images.provides(now, host))
                    .isPresent()) {
                images.tag(held.toString(), name.getUnversionedPart(), name.getVersionPart());
                LOG.info("{} stands for what it stood for before a run that was killed", tag);
            }
            images.remove(held.toString());
        });
    }

    /** Return whether an image is not the one that the tag stood for before. */
    boolean isOther(InspectImageResponse image) {
        return before.filter(it -> LocalImages.id(it).equals(LocalImages.id(image)))
                .isEmpty();
    }

    /**
     * Let the tag stand for what it stood for, or for nothing.
     *
     * @param isSomebodyElses whether an image was not pulled by us: a test beside this one, which does not know of our
     *     lock, may have pulled the image for itself meanwhile
     */
    void giveBack(Predicate<InspectImageResponse> isSomebodyElses) {
        Optional<InspectImageResponse> now = images.inspect(name.asCanonicalNameString());
        if (before.isEmpty()) {
            if (now.filter(isSomebodyElses).isEmpty()) {
                images.remove(name.asCanonicalNameString());
            }
        } else {
            if (now.isEmpty() || isOther(now.get())) {
                images.tag(held.toString(), name.getUnversionedPart(), name.getVersionPart());
            }
            images.remove(held.toString());
        }
        now.ifPresent(this::forgetDigest);
    }

    /**
     * On the classic store a pull leaves a second name, repository@digest. It would keep an image that nobody wants, and
     * answer for the wrong platform when the user pulls by that digest.
     */
    private void forgetDigest(InspectImageResponse pulled) {
        if (!images.severalPlatforms()) {
            images.inspect(LocalImages.id(pulled)).stream()
                    .flatMap(image -> LocalImages.digests(image, name.getUnversionedPart()))
                    .filter(digest -> !digestsBefore.contains(digest))
                    .forEach(images::remove);
        }
    }
}
