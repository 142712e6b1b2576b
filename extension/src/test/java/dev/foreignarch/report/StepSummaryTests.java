package dev.foreignarch.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    @Test
    void what_is_not_utf_8_stays() throws Exception {
        byte[] theirs = {(byte) 0xff, '\n'};
        StepSummary summary = new StepSummary(Files.write(folder.resolve("summary.md"), theirs));

        summary.put("ä", "→\n");

        assertThat(Files.readAllBytes(summary.file())).startsWith(theirs).endsWith("""
                        <!-- foreignarch ä -->
                        →
                        <!-- /foreignarch ä -->
                        """.getBytes(UTF_8));
    }

    @Test
    void modules_that_write_at_once_lose_nothing() throws Exception {
        Path file = folder.resolve("summary.md");
        List<Process> modules = new ArrayList<>();
        for (String name : List.of("a", "b")) {
            modules.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            Module.class.getName(),
                            file.toString(),
                            name)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        }
        for (Process module : modules) {
            assertThat(module.getInputStream().read()).isEqualTo('r');
        }
        for (Process module : modules) {
            module.getOutputStream().close();
        }
        for (Process module : modules) {
            assertThat(module.waitFor()).isZero();
        }

        assertThat(Files.readString(file).lines().filter(line -> line.startsWith("<!-- foreignarch ")))
                .hasSize(2 * Module.SECTIONS);
    }

    /** Another JVM, which tells that it is ready, and writes sections when its input ends. */
    static final class Module {
        private static final int SECTIONS = 100;

        private Module() {}

        /** Run as the other JVM. */
        public static void main(String[] arguments) throws IOException {
            StepSummary summary = new StepSummary(Path.of(arguments[0]));
            System.out.write('r');
            System.out.flush();
            System.in.read();
            for (int section = 0; section < SECTIONS; section++) {
                summary.put(arguments[1] + section, "text\n");
            }
        }
    }
}
