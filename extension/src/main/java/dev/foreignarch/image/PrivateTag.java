package dev.foreignarch.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.foreignarch.arch.Platform;
import java.util.Locale;
import java.util.UUID;
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
        return of(name, "-" + platform.toString().replace('/', '-'));
    }

    /** Return the name that the user's own image has while a pull moves the tag. */
    static PrivateTag holding(DockerImageName name) {
        return of(name, "-held");
    }

    private static PrivateTag of(DockerImageName name, String suffix) {
        String path = FamiliarName.of(name.getUnversionedPart())
                .toLowerCase(Locale.ROOT)
                .replace(':', '-');
        String version = name.getVersionPart().replace(':', '-');
        if (version.length() + suffix.length() > LONGEST_TAG) {
            // Cut off, two tags could become one, and one image be taken for the other.
            version = UUID.nameUUIDFromBytes(version.getBytes(UTF_8)).toString();
        }
        return new PrivateTag(PlatformImages.PRIVATE_REPOSITORY + path, version + suffix);
    }

    @Override
    public String toString() {
        return repository + ":" + tag;
    }
}
