package dev.foreignarch.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the JVMs of one call of Surefire, or of one test task of Gradle, have in common. */
class RunMarkTests {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a b/target/surefire/surefirebooter-20261130164326394_6.jar /a b/target/surefire"
                        + " 2026-11-30T16-43-24_753-jvmRun1 surefire-20261130164326394_4tmp surefire_1-20261130164326394_5tmp",
                "org.apache.maven.surefire.booter.ForkedBooter /a b/target/surefire 2026-11-30T16-43-24_753-jvmRun12"
                        + " surefire-20261130164326394_4tmp"
            })
    void the_folder_of_a_call_of_surefire_is_read_from_the_command(String command) {
        assertThat(SurefireFork.of(command)).contains(new SurefireFork(Path.of("/a b/target/surefire")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "com.intellij.rt.junit.JUnitStarter -ideVersion5", "/a/console-standalone.jar execute"})
    void other_jvms_are_not_surefires(String command) {
        assertThat(SurefireFork.of(command)).isEmpty();
    }

    @Test
    void the_first_jvm_of_a_call_leaves_its_name_for_the_others_and_the_next_call_begins_anew() throws Exception {
        SurefireFork fork = new SurefireFork(folder.resolve("surefire"));
        assertThat(fork.mark("without")).isEqualTo("without");

        Files.createDirectory(fork.folder());
        assertThat(fork.mark("first")).isEqualTo("first");
        assertThat(fork.mark("second")).isEqualTo("first");

        Files.delete(fork.folder().resolve("foreignarch-run"));
        assertThat(fork.mark("third")).isEqualTo("third");
    }

    @Test
    void workers_of_one_execution_of_a_gradle_task_have_one_mark_and_those_of_the_next_another() throws Exception {
        GradleWorker worker = new GradleWorker(folder.resolve("build/tmp/test/work"));
        assertThat(worker.mark("mine")).isEqualTo("mine");

        Path results = Files.createDirectories(folder.resolve("build/test-results/test/binary"));
        String mark = worker.mark("mine");
        assertThat(mark).startsWith("gradle-").isEqualTo(worker.mark("other"));

        Files.delete(results);
        Thread.sleep(20);
        Files.createDirectory(results);
        assertThat(worker.mark("mine")).startsWith("gradle-").isNotEqualTo(mark);
    }
}
