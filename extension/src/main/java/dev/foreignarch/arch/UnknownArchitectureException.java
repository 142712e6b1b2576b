package dev.foreignarch.arch;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.io.Serial;
import org.apiguardian.api.API;

/**
 * Thrown when a name is not the name of an architecture. The message offers a name that is near, if there is one.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public final class UnknownArchitectureException extends IllegalArgumentException {

    @Serial
    private static final long serialVersionUID = 1L;

    UnknownArchitectureException(String message) {
        super(message);
    }
}
