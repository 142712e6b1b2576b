package dev.foreignarch.jupiter;

import java.io.Serial;

/**
 * Tells where a failed test ran. It is attached to the failure as a suppressed exception, so that the failure itself
 * stays what it was, and an IDE still shows the difference of an assertion.
 */
final class CellNote extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    CellNote(String message) {
        super(message, null, false, false);
    }

    /** Attach the note, once: several tests may fail of one and the same exception. */
    void attachTo(Throwable failure) {
        for (Throwable present : failure.getSuppressed()) {
            if (present instanceof CellNote note
                    && String.valueOf(note.getMessage()).equals(getMessage())) {
                return;
            }
        }
        failure.addSuppressed(this);
    }
}
