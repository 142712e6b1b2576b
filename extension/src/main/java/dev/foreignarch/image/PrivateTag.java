package dev.foreignarch.image;

import dev.foreignarch.arch.Platform;
import java.util.Locale;
import org.testcontainers.utility.DockerImageName;

/**
 * The name that a pulled image is kept under, so that the user's tag can be given back.
 *
 * @param repository name without tag
 * @param tag the tag
 */
record PrivateTag(String repository, String tag) {

    private static final int LONGEST_TAG = 128;

    static PrivateTag of(DockerImageName name, Platform platform) {
        String path = name.getUnversionedPart().toLowerCase(Locale.ROOT).replace(':', '-');
        String tag = name.getVersionPart().replace(':', '-') + "-"
                + platform.toString().replace('/', '-');
        return new PrivateTag(
                PlatformImages.PRIVATE_REPOSITORY + path, tag.substring(Math.max(0, tag.length() - LONGEST_TAG)));
    }

    @Override
    public String toString() {
        return repository + ":" + tag;
    }
}
