package dev.foreignarch.jvm.wire;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.io.Serial;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** A throwable of a foreign JVM that can't be had as itself. It speaks and looks like the original. */
@API(status = INTERNAL, since = "0.1")
public final class ForeignException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String className;
    private final String words;

    ForeignException(String className, @Nullable String message, String words, @Nullable Throwable cause) {
        super(message, cause);
        this.className = className;
        this.words = words;
    }

    /** Return the name of the original's class. */
    public String className() {
        return className;
    }

    @Override
    public String toString() {
        return words;
    }
}
