package dev.foreignarch.program;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Closes several things: one that fails does not leave the others open. */
final class Closing {

    private Closing() {}

    /** Close all of them, and then throw the first failure, which has the others suppressed. */
    static void all(List<Runnable> closes) {
        RuntimeException first = null;
        for (Runnable close : closes) {
            first = failure(close, first);
        }
        if (first != null) {
            throw first;
        }
    }

    private static @Nullable RuntimeException failure(Runnable close, @Nullable RuntimeException first) {
        try {
            close.run();
            return first;
        } catch (RuntimeException failure) {
            if (first == null) {
                return failure;
            }
            first.addSuppressed(failure);
            return first;
        }
    }
}
