package dev.foreignarch.arch;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.io.Serial;
import org.apiguardian.api.API;

/**
 * Thrown when a name is not the name of an architecture. The message offers the nearest name that is.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public final class UnknownArchitectureException extends IllegalArgumentException {

    @Serial
    private static final long serialVersionUID = 1L;

    UnknownArchitectureException(String name, String nearest) {
        super("'" + name + "' is not an architecture that ForeignArch knows. Did you mean '" + nearest
                + "'? Known are " + Architecture.knownNames()
                + ", and their other names such as linux/arm/v7, armhf or aarch64.");
    }
}
