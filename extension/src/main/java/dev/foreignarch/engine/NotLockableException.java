package dev.foreignarch.engine;

import java.io.Serial;

/** Thrown when an engine lets no lock be made. */
final class NotLockableException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    NotLockableException(EngineException refused) {
        super(refused.getMessage(), refused);
    }
}
