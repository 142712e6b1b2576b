package dev.foreignarch.program;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.io.Serial;
import org.apiguardian.api.API;

/**
 * Thrown when a file is not a program that can be run on an architecture. The message says what it is, and what to do.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public final class ProgramFileException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Refuse a file.
     *
     * @param message what it is, and what to do
     */
    public ProgramFileException(String message) {
        super(message);
    }
}
