package dev.foreignarch.jvm.wire;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.io.Serial;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** Thrown when the other side says something that this one does not understand. */
@API(status = INTERNAL, since = "0.1")
public class WireException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Make an exception.
     *
     * @param message what is wrong
     * @param cause what found it
     */
    public WireException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
