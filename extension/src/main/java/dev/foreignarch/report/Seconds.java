package dev.foreignarch.report;

import java.time.Duration;
import java.util.Locale;

/** How the report writes durations. */
final class Seconds {

    private Seconds() {}

    /** Write a duration with a precision that a reader can use: {@code 0.03 s}, {@code 4.2 s}, {@code 75 s}. */
    static String of(Duration duration) {
        double seconds = duration.toNanos() / 1e9;
        String format = seconds < 0.1 ? "%.2f s" : seconds < 10 ? "%.1f s" : "%.0f s";
        return String.format(Locale.ROOT, format, seconds);
    }
}
