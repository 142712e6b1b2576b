package dev.foreignarch.jvm;

import java.io.Serial;

/** Tells beside a failure where it happened. */
final class JvmNote extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    JvmNote(String where) {
        super(where, null, false, false);
    }

    @Override
    public String toString() {
        return "foreign architecture: this test ran on " + getMessage();
    }
}
