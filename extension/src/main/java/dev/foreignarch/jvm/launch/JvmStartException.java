package dev.foreignarch.jvm.launch;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.io.Serial;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** Thrown when a JVM can't be started, or dies before it runs tests. */
@API(status = INTERNAL, since = "0.1")
public class JvmStartException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Make an exception.
     *
     * @param message what happened, and what to do
     * @param cause the cause, if there is one
     */
    public JvmStartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
