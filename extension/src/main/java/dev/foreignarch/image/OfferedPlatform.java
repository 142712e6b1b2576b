package dev.foreignarch.image;

import com.github.dockerjava.api.command.InspectImageResponse;
import dev.foreignarch.arch.Platform;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an image says that it is for. Unlike in a {@link Platform}, a variant that is missing here is unknown: old images
 * for ARM don't tell theirs.
 */
record OfferedPlatform(
        String os, String architecture, @Nullable String variant) {

    /** What an image is for that does not tell. */
    static final OfferedPlatform UNKNOWN = new OfferedPlatform("unknown", "unknown", null);

    private static final Platform NEWEST_ARM = Platform.parse("linux/arm/v7");
    private static final Platform OLDER_ARM = Platform.parse("linux/arm/v6");

    static OfferedPlatform of(InspectImageResponse image) {
        Object variant = image.getRawValues().get("Variant");
        return new OfferedPlatform(
                known(image.getOs()),
                known(image.getArch()),
                variant == null || variant.toString().isBlank() ? null : variant.toString());
    }

    private static String known(@Nullable String value) {
        return value == null || value.isBlank() ? "unknown" : value;
    }

    /** A platform of which every version is good enough is wanted without a variant. */
    boolean is(Platform wanted) {
        return os.equals(wanted.os())
                && architecture.equals(wanted.architecture())
                && (variant == null || wanted.variant() == null || variant.equals(wanted.variant()));
    }

    /**
     * Return the platform whose programs run where those of a platform run. Only ARM's version 7 has one, version 6:
     * version 5 passes floating-point numbers in another way, and 32-bit programs are never what is meant by 64 bits.
     */
    static Optional<Platform> olderThan(Platform wanted) {
        return wanted.equals(NEWEST_ARM) ? Optional.of(OLDER_ARM) : Optional.empty();
    }

    @Override
    public String toString() {
        return os.equals("unknown") || architecture.equals("unknown")
                ? "another platform"
                : os + "/" + architecture + (variant == null ? "" : "/" + variant);
    }
}
