package dev.foreignarch.arch;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A platform as image indexes and container engines write it, for example {@code linux/arm/v7}.
 *
 * @param os operating system, for example {@code linux}
 * @param architecture architecture in Go's words, for example {@code arm}
 * @param variant version of the architecture, for example {@code v7}, if it has one
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/image-index.md">OCI image index</a>
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public record Platform(
        String os, String architecture, @Nullable String variant) {

    /** Normalize what may be left out: {@code arm} means {@code arm/v7}, and {@code arm64/v8} is {@code arm64}. */
    public Platform {
        if (variant != null && variant.isBlank()) {
            variant = null;
        }
        if (architecture.equals("arm") && variant == null) {
            variant = "v7";
        }
        if (architecture.equals("arm64") && "v8".equals(variant)) {
            variant = null;
        }
    }

    /**
     * Read a platform from its usual notation.
     *
     * @param text {@code os/architecture} or {@code os/architecture/variant}
     * @return the platform
     * @throws IllegalArgumentException if the text has not two or three parts
     */
    public static Platform parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length < 2 || parts.length > 3) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a platform. Write os/architecture or os/architecture/variant.");
        }
        return new Platform(parts[0], parts[1], parts.length == 3 ? parts[2] : null);
    }

    /** Return the usual notation, for example {@code linux/arm/v7}. */
    @Override
    public String toString() {
        return os + "/" + architecture + (variant == null ? "" : "/" + variant);
    }
}
