package dev.foreignarch.jvm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * What a JVM and its native libraries printed past Java's streams: the end of it, and the beginning of the report of a
 * crash.
 *
 * <p>The two streams come by ways of their own. What was printed to one of them before the crash may arrive when the
 * report has begun on the other.
 */
final class LastWords {

    private static final int KEPT = 1 << 18;
    private static final int KEPT_OF_REPORT = 1 << 20;

    private final ByteArrayOutputStream words = new ByteArrayOutputStream();
    private final ByteArrayOutputStream report = new ByteArrayOutputStream();
    private boolean reportOnStdout;
    private boolean reportOnStderr;

    /**
     * Take what was printed.
     *
     * @return whether it is worth showing at once; the report of a crash is not, it has its own place
     */
    synchronized boolean add(boolean toStderr, byte[] more) {
        boolean begins = JvmDeath.hasReport(new String(more, UTF_8));
        reportOnStdout |= begins && !toStderr;
        reportOnStderr |= begins && toStderr;
        if (toStderr ? reportOnStderr : reportOnStdout) {
            report.write(more, 0, Math.min(more.length, KEPT_OF_REPORT - report.size()));
            return false;
        }
        words.writeBytes(more);
        if (words.size() > 2 * KEPT) {
            byte[] all = words.toByteArray();
            words.reset();
            words.writeBytes(Arrays.copyOfRange(all, all.length - KEPT, all.length));
        }
        return true;
    }

    @Override
    public synchronized String toString() {
        return words.toString(UTF_8) + report.toString(UTF_8);
    }
}
