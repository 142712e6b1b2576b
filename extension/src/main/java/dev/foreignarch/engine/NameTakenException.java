package dev.foreignarch.engine;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.io.Serial;
import org.apiguardian.api.API;

/** Thrown when a container can't be created since the engine has another one of its name. */
@API(status = INTERNAL, since = "0.1")
public final class NameTakenException extends EngineException {

    @Serial
    private static final long serialVersionUID = 1L;

    NameTakenException(String message, Throwable cause) {
        super("the engine has another container of that name: " + message, cause);
    }
}
