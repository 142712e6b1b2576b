package dev.foreignarch.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepSummaryTests {

    @TempDir
    Path folder;

    @Test
    void a_section_is_replaced_and_all_else_stays() throws Exception {
        StepSummary summary = new StepSummary(Files.writeString(folder.resolve("summary.md"), "theirs"));

        summary.put("one", "first\n");
        summary.put("two", "other\n");
        summary.put("one", "second\n");

        assertThat(Files.readString(summary.file())).isEqualTo("""
                        theirs
                        <!-- foreignarch one -->
                        second
                        <!-- /foreignarch one -->
                        <!-- foreignarch two -->
                        other
                        <!-- /foreignarch two -->
                        """);
    }

    @Test
    void a_file_that_is_not_there_is_made() throws Exception {
        StepSummary summary = new StepSummary(folder.resolve("new.md"));

        summary.put("one", "first\n");

        assertThat(Files.readString(summary.file()))
                .isEqualTo("<!-- foreignarch one -->\nfirst\n<!-- /foreignarch one -->\n");
    }
}
