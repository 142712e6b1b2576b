package dev.foreignarch.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergedRowsTests {

    @ParameterizedTest
    @CsvSource({"5.14.3, 3.5.6", "5.14.0, 3.6.0-M1", "6.0.3, 3.5.4", "5.13.4, 3.2.5"})
    void versions_that_hide_failures_are_warned_of(String junit, String surefire) {
        assertThat(new MergedRows(junit, surefire).warning())
                .contains("JUnit " + junit
                        + " gives the tests of all architectures of a class equal names, and Surefire "
                        + surefire + " takes tests with equal names for repetitions of one test: its report counts them"
                        + " wrongly, and with rerunFailingTestsCount a test that fails on one architecture can leave the"
                        + " build green. Use JUnit 5.14.4 or 6.1 or newer, or Surefire 3.6.0 or newer.");
    }

    @ParameterizedTest
    @CsvSource({"5.14.4, 3.5.6", "6.1.0, 3.5.6", "5.14.3, 3.6.0", "6.0.3, 3.6.1", "unknown, 3.5.6", "5.14.3, unknown"})
    void other_versions_are_sound(String junit, String surefire) {
        assertThat(new MergedRows(junit, surefire).warning()).isEmpty();
    }

    @Test
    void the_versions_of_this_build_are_found_and_sound() {
        MergedRows here = MergedRows.here().orElseThrow();

        assertThat(here.junit()).matches("\\d+\\.\\d+\\..*");
        assertThat(here.surefire()).matches("3\\.\\d+\\..*");
        assertThat(here.warning()).isEmpty();
    }
}
