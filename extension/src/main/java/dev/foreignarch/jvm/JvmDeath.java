package dev.foreignarch.jvm;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a foreign JVM ended, when it should have gone on.
 *
 * @param exitCode its exit code, if it is known
 * @param lastWords what it printed past Java's streams
 * @param exitStack the stack of the thread that asked for the end, if one did
 * @param hang why it was killed, and what its threads were doing, if it did nothing for too long
 */
record JvmDeath(OptionalInt exitCode, String lastWords, Optional<String> exitStack, Optional<String> hang) {

    private static final int SHOWN_LINES = 40;
    private static final int SHOWN_BEFORE_REPORT = 20;
    private static final int KILLED = 128 + 9;
    private static final int TERMINATED = 128 + 15;

    private static final Pattern REPORT = Pattern.compile(
            "# A fatal error has been detected by the Java|# There is insufficient memory for the Java");
    private static final Pattern SIGNAL = Pattern.compile("^#  (\\w+ \\(0x[0-9a-f]+\\) at .*)$", Pattern.MULTILINE);
    private static final Pattern FRAME = Pattern.compile("^# Problematic frame:\\R# (.*)$", Pattern.MULTILINE);
    private static final Pattern QEMU =
            Pattern.compile("^(qemu: uncaught target signal .*|.*Assertion .* failed.*)$", Pattern.MULTILINE);
    private static final Pattern COMPILED = Pattern.compile("^# Problematic frame:\\R# J ", Pattern.MULTILINE);
    private static final Pattern COMPILER = Pattern.compile("^Current thread .*Compiler ?Thread", Pattern.MULTILINE);

    /** Return whether a JVM's report of its crash begins somewhere in what it printed. */
    static boolean hasReport(String printed) {
        return REPORT.matcher(printed).find();
    }

    /** Return whether the JVM crashed in compiled code or in its compiler: the emulator may be to blame. */
    boolean inCompiledCode() {
        return COMPILED.matcher(lastWords).find() || COMPILER.matcher(lastWords).find();
    }

    /** Return whether the JVM left a report of its crash. */
    boolean hasReport() {
        return lastWords.contains("Problematic frame");
    }

    /** Return what happened, in a sentence. */
    String cause() {
        if (hang.isPresent()) {
            return hang.get().lines().findFirst().orElse("") + ".";
        }
        if (hasReport()) {
            return "It crashed: " + first(SIGNAL).orElse("fatal error")
                    + first(FRAME).map(frame -> ", in " + frame).orElse("") + ".";
        }
        if (first(QEMU).isPresent()) {
            return "The emulator ended it: " + first(QEMU).get() + ".";
        }
        if (exitStack.isPresent() && !exitStack.get().isEmpty()) {
            return "It was told to exit" + code() + ":\n" + exitStack.get().strip();
        }
        if (exitCode.equals(OptionalInt.of(KILLED))) {
            return "It was killed" + code() + ": by somebody, or because the machine or the container was out of"
                    + " memory.";
        }
        if (exitCode.equals(OptionalInt.of(TERMINATED))) {
            return "It was terminated" + code() + ": somebody stopped the container.";
        }
        if (exitCode.isEmpty()) {
            return "The connection to it was lost.";
        }
        return "It ended" + code() + ".";
    }

    private String code() {
        return exitCode.isPresent() ? " (exit code " + exitCode.getAsInt() + ")" : "";
    }

    /** Return the whole story. */
    String story() {
        String threads = hang.filter(text -> text.contains("\n"))
                .map(text -> "\nIts threads:\n"
                        + text.substring(text.indexOf('\n') + 1).strip())
                .orElse("");
        String words = lastWords.isBlank() ? "" : "\nIts last words:\n" + String.join("\n", shownWords());
        return cause() + threads + words;
    }

    /** The end, or what is around the beginning of a report: the rest of that is in its file. */
    private List<String> shownWords() {
        List<String> lines = lastWords.strip().lines().toList();
        int report = 0;
        while (report < lines.size() && !hasReport(lines.get(report))) {
            report++;
        }
        int first = report == lines.size() ? report - SHOWN_LINES : report - SHOWN_BEFORE_REPORT;
        return lines.stream().skip(Math.max(0, first)).limit(SHOWN_LINES).toList();
    }

    private Optional<String> first(Pattern pattern) {
        Matcher matcher = pattern.matcher(lastWords);
        return matcher.find() ? Optional.of(matcher.group(1).strip()) : Optional.empty();
    }
}
