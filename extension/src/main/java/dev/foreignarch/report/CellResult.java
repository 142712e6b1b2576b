package dev.foreignarch.report;

import java.time.Duration;
import java.util.List;

/**
 * What became of one test on one architecture.
 *
 * @param module name of the folder that the tests ran in, which is that of a Maven module
 * @param address its place in the table
 * @param verdict by what the architecture runs, for example {@code native}; empty if nothing ran
 * @param outcome what became of it
 * @param duration how long the test took; zero if it was skipped
 * @param reason the failure with its stack trace, or why the test was skipped; empty if it passed
 * @param facts what else is known, one line each, for example the image of a container
 * @param marks what is to be remarked on it, one sentence each, for example {@code also ran native: postgres:15}
 * @param attachments files that the test published
 */
record CellResult(
        String module,
        CellAddress address,
        String verdict,
        Outcome outcome,
        Duration duration,
        String reason,
        List<String> facts,
        List<String> marks,
        List<Attachment> attachments) {

    CellResult {
        facts = List.copyOf(facts);
        marks = List.copyOf(marks);
        attachments = List.copyOf(attachments);
    }

    /** Return whether a verdict says that the processor itself ran it: alone, or behind the image of a foreign JVM. */
    static boolean isNative(String verdict) {
        return verdict.startsWith("native") || verdict.endsWith(", native");
    }

    /** Return whether the processor itself ran the test. */
    boolean isNative() {
        return isNative(verdict);
    }

    /** Return the first line of the reason. */
    String shortReason() {
        return reason.lines().findFirst().orElse("");
    }
}
