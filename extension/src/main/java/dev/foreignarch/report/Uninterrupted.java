package dev.foreignarch.report;

import java.io.IOException;

/**
 * Reads and writes files in a thread that a test may have left interrupted: channels would refuse, and what the table
 * does not know would be missing from it.
 */
final class Uninterrupted {

    private Uninterrupted() {}

    interface Work<T> {
        T run() throws IOException;
    }

    /** Do something, and leave the thread as it was. */
    static <T> T call(Work<T> work) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            return work.run();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
