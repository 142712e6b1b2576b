package dev.foreignarch.jvm;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.io.Serial;
import org.apiguardian.api.API;

/**
 * Thrown in the place of a test's result when the foreign JVM died, or had to be killed, while the test ran.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public class ForeignJvmDiedException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    ForeignJvmDiedException(String message) {
        super(message, null, true, false);
    }
}
