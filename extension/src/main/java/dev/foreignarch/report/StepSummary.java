package dev.foreignarch.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The file in which GitHub Actions collects what a step has to say, in Markdown.
 *
 * @param file the file that {@code GITHUB_STEP_SUMMARY} names
 */
record StepSummary(Path file) {

    static final String VARIABLE = "GITHUB_STEP_SUMMARY";

    /** Put a section at the end, or in the place of an earlier one with its name; all else in the file stays. */
    void put(String name, String markdown) throws IOException {
        String begin = "<!-- foreignarch " + name + " -->\n";
        String end = "<!-- /foreignarch " + name + " -->\n";
        String before = Files.exists(file) ? Files.readString(file, UTF_8) : "";
        String after = "";
        int first = before.indexOf(begin);
        int last = before.indexOf(end);
        if (first >= 0 && last > first) {
            after = before.substring(last + end.length());
            before = before.substring(0, first);
        } else if (!before.isEmpty() && !before.endsWith("\n")) {
            before += "\n";
        }
        Files.writeString(file, before + begin + markdown + end + after, UTF_8);
    }
}
