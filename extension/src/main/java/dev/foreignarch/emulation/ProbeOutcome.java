package dev.foreignarch.emulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What came of trying to run a program of a foreign architecture.
 *
 * @param ending how it ended
 * @param code exit code, signal or error number, according to the ending
 * @param interpreter path of the emulator that the kernel put before the program
 * @param version first line of what that emulator says of its version
 * @param output what program and emulator printed
 */
record ProbeOutcome(
        Ending ending, int code, Optional<String> interpreter, Optional<String> version, List<String> output) {

    /** How the kernel shows a file that is in memory only: an emulator whose file system ends with its container. */
    private static final Pattern IN_MEMORY = Pattern.compile("^/memfd:(.*) \\(deleted\\)$");

    /** How a probe can end. */
    enum Ending {
        /** The program ran and returned an exit code. */
        EXITED,
        /** The program, or its emulator, was killed by a signal. */
        SIGNALED,
        /** The kernel did not start the program; the code is the {@code errno} of {@code execve}. */
        REFUSED,
        /** The program did not end in time. */
        TIMEOUT
    }

    /** Return whether the program really ran. */
    boolean ran() {
        return ending == Ending.EXITED && code == ProbeProgram.EXIT_CODE;
    }

    /** Return the first number of the emulator's version; 0 if it told none. */
    int majorVersion() {
        return version.map(QemuVersion::major).orElse(0);
    }

    /** Return the ending in words. */
    String describe() {
        String what = switch (ending) {
            case EXITED ->
                "the probe ended with exit code " + code
                        + (ran() ? ", as it should" : " instead of " + ProbeProgram.EXIT_CODE);
            case SIGNALED -> "the probe was killed by signal " + code;
            case REFUSED -> "the kernel refused the probe: " + Errno.describe(code);
            case TIMEOUT -> "the probe did not end within 10 s";
        };
        return what + (output.isEmpty() ? "" : " (it printed: " + String.join(" / ", output) + ")");
    }

    /**
     * Read what the helper's verbs {@code probe} and {@code session} print.
     *
     * @return the outcome of each file
     */
    static Map<String, ProbeOutcome> parse(String text) {
        Map<String, ProbeOutcome> outcomes = new LinkedHashMap<>();
        String file = "";
        Optional<String> interpreter = Optional.empty();
        Optional<String> version = Optional.empty();
        List<String> output = new ArrayList<>();
        for (String line : text.split("\n")) {
            if (line.isEmpty()) {
                continue;
            }
            String[] words = line.split(" ", 2);
            String rest = words.length == 2 ? words[1] : "";
            switch (words[0]) {
                case "probe" -> {
                    file = rest;
                    interpreter = Optional.empty();
                    version = Optional.empty();
                    output = new ArrayList<>();
                }
                case "session" -> {
                    // The helper's greeting, before the first probe.
                }
                case "interpreter" ->
                    interpreter = Optional.of(IN_MEMORY.matcher(rest).replaceFirst("$1"));
                case "version" -> version = Optional.of(rest);
                case "output" -> output.add(rest);
                case "exited", "signaled", "refused", "timeout" ->
                    outcomes.put(
                            file,
                            new ProbeOutcome(
                                    Ending.valueOf(words[0].toUpperCase(Locale.ROOT)),
                                    rest.isEmpty() ? 0 : Integer.parseInt(rest),
                                    interpreter,
                                    version,
                                    List.copyOf(output)));
                default -> throw new IllegalStateException("the helper printed '" + line + "'");
            }
        }
        return outcomes;
    }
}
