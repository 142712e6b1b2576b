package dev.foreignarch.container;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.io.Serial;
import org.apiguardian.api.API;
import org.testcontainers.containers.ContainerLaunchException;

/**
 * Thrown when a container does not start on an architecture. The message says what happened, on which architecture, image
 * and emulator, shows the last lines that the container printed, and ends with what to try.
 *
 * <p>The cause is what Testcontainers threw, if the container was tried at all.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public final class ForeignContainerException extends ContainerLaunchException {

    @Serial
    private static final long serialVersionUID = 1L;

    ForeignContainerException(String message) {
        super(message);
    }

    ForeignContainerException(String message, Throwable cause) {
        super(message, cause);
    }
}
