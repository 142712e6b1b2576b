package dev.foreignarch.image;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.io.Serial;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when an image is not to be had for a platform. The message says what was found instead, and what to do.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public final class PlatformImageException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    PlatformImageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
