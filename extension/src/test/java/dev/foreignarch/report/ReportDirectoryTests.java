package dev.foreignarch.report;

import static dev.foreignarch.arch.Architecture.ARM32V7;
import static dev.foreignarch.arch.Architecture.S390X;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foreignarch.report.RunIdentity.Extent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportDirectoryTests {

    private static final ProcessIdentity ALIVE = ProcessIdentity.thisJvm();
    private static final ProcessIdentity DEAD = new ProcessIdentity(ALIVE.pid(), ALIVE.start() - 60_000);
    private static final RunIdentity RUN = new RunIdentity(ALIVE, "run", Extent.ALL);

    @TempDir
    Path folder;

    @Test
    void the_jvms_of_a_build_make_one_table() throws Exception {
        ReportDirectory first = new ReportDirectory(folder, RUN, DEAD);
        ReportDirectory second = new ReportDirectory(folder, RUN, ALIVE);
        first.open().append(Cells.passed("A.a", S390X, 1));
        first.close(Optional.empty());
        second.open().append(Cells.passed("A.a", ARM32V7, 1));

        Matrix table = second.close(Optional.empty()).orElseThrow();

        assertThat(table.summary()).isEqualTo("1 test on 2 architectures: 2 passed, 0 failed, 0 skipped");
        assertThat(folder.resolve("matrix.html")).content().contains("a on s390x: pass", "a on arm32v7: pass");
        assertThat(folder.resolve("matrix.md")).content().contains("| A › a | ✅");
    }

    @Test
    void only_the_last_jvm_of_a_build_gets_the_table_to_print() throws Exception {
        Process other = new ProcessBuilder("sleep", "60").start();
        try {
            ReportDirectory mine = new ReportDirectory(folder, RUN, ALIVE);
            ReportDirectory theirs = new ReportDirectory(folder, RUN, ProcessIdentity.of(other.toHandle()));
            mine.open().append(Cells.passed("A.a", S390X, 1));
            theirs.open().append(Cells.passed("A.a", ARM32V7, 1));

            assertThat(mine.close(Optional.empty())).isEmpty();
            assertThat(theirs.close(Optional.empty())).isPresent();
            assertThat(mine.close(Optional.empty())).isPresent();
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void a_jvm_without_results_yet_is_waited_for() throws Exception {
        Process other = new ProcessBuilder("sleep", "60").start();
        try {
            ReportDirectory mine = new ReportDirectory(folder, RUN, ALIVE);
            mine.open().append(Cells.passed("A.a", S390X, 1));
            new ReportDirectory(folder, RUN, ProcessIdentity.of(other.toHandle())).open();

            assertThat(mine.close(Optional.empty())).isEmpty();
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void results_of_a_build_that_has_ended_are_removed_and_those_of_one_that_runs_stay() throws Exception {
        new ReportDirectory(folder, new RunIdentity(DEAD, "run", Extent.ALL), DEAD)
                .open()
                .append(Cells.failed("A.a", S390X, 1));
        ProcessIdentity parent =
                ProcessIdentity.of(ProcessHandle.current().parent().orElseThrow());
        new ReportDirectory(folder, new RunIdentity(parent, "run", Extent.ALL), DEAD)
                .open()
                .append(Cells.failed("A.a", S390X, 1));
        ReportDirectory now = new ReportDirectory(folder, RUN, ALIVE);
        now.open().append(Cells.passed("A.a", S390X, 1));

        assertThat(now.close(Optional.empty()).orElseThrow().summary())
                .isEqualTo("1 test on 1 architecture: 1 passed, 0 failed, 0 skipped");
        assertThat(folder.resolve("runs").resolve(DEAD.toString())).doesNotExist();
        assertThat(folder.resolve("runs").resolve(parent.toString())).exists();
    }

    @Test
    void the_summary_of_a_step_has_one_table_however_many_jvms_there_are() throws Exception {
        StepSummary summary = new StepSummary(folder.resolve("summary.md"));
        ReportDirectory directory = new ReportDirectory(folder, RUN, ALIVE);
        directory.open().append(Cells.passed("A.a", S390X, 1));
        directory.close(Optional.of(summary));
        directory.open().append(Cells.passed("A.b", S390X, 1));
        directory.close(Optional.of(summary));

        assertThat(Files.readString(summary.file()))
                .containsOnlyOnce("Tests × architectures")
                .contains("A › b");
    }

    @Test
    void a_jvm_that_died_is_told_of_and_no_table_of_another_build_is_left() throws Exception {
        Files.writeString(folder.resolve("matrix.html"), "another build's");
        new ReportDirectory(folder, RUN, DEAD).open().append(Cells.passed("A.a", S390X, 1));
        assertThat(folder.resolve("matrix.html")).doesNotExist();

        ReportDirectory other = new ReportDirectory(folder, RUN, ALIVE);
        other.open().append(Cells.passed("A.b", S390X, 1));
        Matrix table = other.close(Optional.empty()).orElseThrow();

        assertThat(table.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(table.summary())
                .isEqualTo("2 tests on 1 architecture: 2 passed, 0 failed, 0 skipped;"
                        + " 1 JVM ended before all of its tests were told of");
        assertThat(folder.resolve("matrix.md")).content().startsWith("### ❌");
    }

    @Test
    void the_sessions_of_one_jvm_are_builds_of_their_own_unless_a_build_tool_started_it() throws Exception {
        ReportDirectory first = new ReportDirectory(folder, new RunIdentity(ALIVE, "session-1", Extent.ALONE), ALIVE);
        first.open().append(Cells.failed("A.deleted", S390X, 1));
        first.close(Optional.empty());

        ReportDirectory second = new ReportDirectory(folder, new RunIdentity(ALIVE, "session-2", Extent.ALONE), ALIVE);
        second.open().append(Cells.passed("A.a", S390X, 1));

        assertThat(second.close(Optional.empty()).orElseThrow().summary())
                .isEqualTo("1 test on 1 architecture: 1 passed, 0 failed, 0 skipped");
        assertThat(folder.resolve("runs/" + ALIVE + "/session-1")).doesNotExist();
    }
}
