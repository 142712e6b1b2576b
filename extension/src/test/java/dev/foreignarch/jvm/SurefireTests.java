package dev.foreignarch.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Surefire selects, repeats and reports, in a Maven project of its own. */
@Tag("engine") // It needs none, but Maven takes longer than a unit test may.
class SurefireTests {

    @TempDir
    private Path directory;

    @Test
    void aRowForEachTestOnEachArchitecture() throws Exception {
        assertThat(run("RowsTestCase#roundTrip+numbers")).isZero();

        assertThat(project().rows())
                .containsExactlyInAnyOrder(
                        "roundTrip[s390x]",
                        "roundTrip[arm32v7]",
                        "numbers(int)[s390x][1]",
                        "numbers(int)[s390x][2]",
                        "numbers(int)[arm32v7][1]",
                        "numbers(int)[arm32v7][2]");
    }

    @Test
    void oneMethodOnOneArchitecture() throws Exception {
        assertThat(run("RowsTestCase#roundTrip", "-Dforeignarch.only=s390x")).isZero();

        assertThat(project().rows()).containsExactly("roundTrip[s390x]");
    }

    @Test
    void aRunThatSelectsNothingFails() throws Exception {
        assertThat(run("RowsTestCase", "-Dforeignarch.only=riscv64")).isNotZero();

        assertThat(directory.resolve("maven.log"))
                .content()
                .contains(
                        "foreignarch.only selects riscv64, but the tests of this run declare arm32v7, s390x, so that none"
                                + " of them ran on any architecture.");
    }

    @Test
    void aTestThatPassesWhenRepeatedIsAFlake() throws Exception {
        assertThat(run("RowsTestCase#flaky", "-Dsurefire.rerunFailingTestsCount=1"))
                .isZero();

        assertThat(project().rows())
                .containsExactlyInAnyOrder("flaky[s390x] flakyFailure", "flaky[arm32v7] flakyFailure");
    }

    @Test
    void aFailureOnOneArchitectureIsNoFlakeOfAnother() throws Exception {
        assertThat(run("RowsTestCase#red", "-Dsurefire.rerunFailingTestsCount=1"))
                .isNotZero();

        assertThat(project().rows()).containsExactlyInAnyOrder("red[s390x] failure rerunFailure", "red[arm32v7]");
    }

    private SurefireProject project() {
        return new SurefireProject(directory, RowsTestCase.class);
    }

    private int run(String test, String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("-D" + JvmParameters.LAUNCHER + "=process");
        return project().run(test, Map.of(), all.toArray(String[]::new));
    }
}
