package dev.foreignarch.program;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.io.Serial;
import org.apiguardian.api.API;

/**
 * Thrown when a program can't be started, doesn't end in time, or, where a success was asked for, fails. The message has
 * what it printed.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public final class ProgramException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Make an exception.
     *
     * @param message what happened
     */
    public ProgramException(String message) {
        super(message);
    }
}
