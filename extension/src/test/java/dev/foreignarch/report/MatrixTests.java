package dev.foreignarch.report;

import static dev.foreignarch.arch.Architecture.AMD64;
import static dev.foreignarch.arch.Architecture.ARM32V7;
import static dev.foreignarch.arch.Architecture.S390X;
import static dev.foreignarch.report.Cells.by;
import static dev.foreignarch.report.Cells.failed;
import static dev.foreignarch.report.Cells.namesake;
import static dev.foreignarch.report.Cells.ofModule;
import static dev.foreignarch.report.Cells.passed;
import static dev.foreignarch.report.Cells.skipped;
import static dev.foreignarch.report.Cells.whole;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foreignarch.report.Matrix.Column;
import dev.foreignarch.report.Matrix.Row;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MatrixTests {

    private static final Column HOST = new Column(AMD64, Set.of("native"));
    private static final Column BIG = new Column(S390X, Set.of("emulated by QEMU 7.2"));

    @Test
    void the_native_architecture_is_the_first_column() {
        Matrix matrix = matrix(passed("A.a", S390X, 1), passed("A.a", ARM32V7, 1), passed("A.a", AMD64, 1));

        assertThat(matrix.columns()).extracting(Column::architecture).containsExactly(AMD64, ARM32V7, S390X);
    }

    @Test
    void the_tests_of_a_class_are_together_in_the_order_in_which_they_ran() {
        Matrix matrix = matrix(
                passed("B.z", S390X, 1), passed("A.y", S390X, 1), passed("B.x", S390X, 1), passed("B.z", ARM32V7, 1));

        assertThat(matrix.rows())
                .extracting(row -> row.simpleType() + "." + row.test())
                .containsExactly("A.y", "B.z", "B.x");
    }

    @Test
    void equal_classes_of_two_modules_have_rows_of_their_own() {
        Matrix matrix = matrix(passed("A.a", S390X, 1), ofModule("other", failed("A.a", S390X, 1)));

        assertThat(matrix.hasModules()).isTrue();
        assertThat(matrix.rows()).extracting(Row::module).containsExactly("app", "other");
    }

    @Test
    void a_test_that_passed_only_when_it_was_repeated_is_flaky() {
        Matrix matrix = matrix(failed("A.a", S390X, 1), passed("A.a", S390X, 2));

        assertThat(matrix.rows())
                .singleElement()
                .satisfies(
                        row -> assertThat(row.on(BIG).orElseThrow().isFlaky()).isTrue());
        assertThat(matrix.count(Outcome.PASSED)).isEqualTo(1);
        assertThat(matrix.count(Outcome.FAILED)).isZero();
    }

    @Test
    void a_test_that_failed_when_it_was_repeated_failed() {
        Matrix matrix = matrix(passed("A.a", S390X, 1), failed("A.a", S390X, 2));

        assertThat(matrix.count(Outcome.FAILED)).isEqualTo(1);
        assertThat(matrix.rows().get(0).isFailed()).isTrue();
    }

    @Test
    void a_test_that_failed_and_then_was_but_skipped_failed() {
        Matrix matrix = matrix(failed("A.a", S390X, 1), skipped("A.a", S390X, "no disk"));

        assertThat(matrix.count(Outcome.FAILED)).isEqualTo(1);
        assertThat(matrix.failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.result().reason()).contains("AssertionFailedError"));
    }

    @Test
    void tests_with_equal_names_are_rows_of_their_own_numbered_alike_on_all_architectures() {
        Matrix matrix = matrix(
                namesake(passed("A.works", S390X, 1), "t:#10"),
                namesake(failed("A.works", S390X, 1), "t:#9"),
                namesake(passed("A.works", ARM32V7, 1), "t:#9"),
                namesake(passed("A.works", ARM32V7, 1), "t:#10"),
                passed("A.works (2)", ARM32V7, 1));

        assertThat(matrix.summary()).isEqualTo("3 tests on 2 architectures: 4 passed, 1 failed (s390x 1), 0 skipped");
        assertThat(matrix.rows())
                .extracting(row -> row.test() + " " + row.cells().keySet() + " " + row.isFailed())
                .containsExactly(
                        "works (3) [arm32v7, s390x] false", "works [arm32v7, s390x] true", "works (2) [arm32v7] false");
    }

    @Test
    void a_test_that_is_called_otherwise_on_another_architecture_shows_both_names() {
        Matrix matrix = matrix(
                namesake(passed("A.reads /a", ARM32V7, 1), "t:#1"), namesake(passed("A.reads /b", S390X, 1), "t:#1"));

        assertThat(matrix.rows()).extracting(Row::test).containsExactly("reads /a / reads /b");
    }

    @Test
    void what_two_runs_of_a_build_have_is_two_results_and_what_one_run_has_twice_is_a_repetition() {
        Matrix matrix = Matrix.of(List.of(
                List.of(failed("A.a", S390X, 1), failed("A.b", S390X, 1), passed("A.b", S390X, 1)),
                List.of(passed("A.a", S390X, 2), passed("A.a", ARM32V7, 2))));

        assertThat(matrix.rows())
                .extracting(row -> row.test() + " " + row.cells().keySet() + " " + row.isFailed())
                .containsExactly("a [arm32v7, s390x] true", "b [s390x] false", "a (2) [s390x] false");
        assertThat(matrix.summary())
                .isEqualTo("3 tests on 2 architectures: 3 passed (1 flaky), 1 failed (s390x 1), 0 skipped");
    }

    @Test
    void a_class_that_failed_as_a_whole_is_no_test_and_counts_once() {
        Matrix matrix = matrix(
                passed("A.a", S390X, 1),
                whole("A", S390X, "class", Outcome.FAILED),
                whole("A", ARM32V7, "class", Outcome.FAILED),
                whole("B", S390X, "other", Outcome.SKIPPED),
                whole("C", ARM32V7, "sound", Outcome.PASSED));

        assertThat(matrix.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(matrix.rows()).hasSize(3);
        assertThat(matrix.summary())
                .isEqualTo("1 test on 2 architectures: 1 passed, 0 failed, 0 skipped;"
                        + " classes and templates as a whole: 1 failed, 1 skipped");
    }

    @Test
    void a_table_without_a_test_that_passed_has_not_passed() {
        assertThat(matrix(skipped("A.a", S390X, "no")).outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(matrix().outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(matrix(passed("A.a", S390X, 1)).outcome()).isEqualTo(Outcome.PASSED);
    }

    @Test
    void a_column_whose_tests_ran_in_several_ways_names_them_all_and_is_not_native() {
        Matrix matrix = matrix(
                passed("A.a", AMD64, 1),
                by("java:17, native", passed("A.b", AMD64, 1)),
                by("native", passed("A.a", S390X, 1)),
                passed("A.b", S390X, 1));

        assertThat(matrix.columns())
                .extracting(column -> column.architecture() + " " + column.isNative() + " " + column.verdict())
                .containsExactly("amd64 true native; java:17, native", "s390x false native; emulated by QEMU 7.2");
        assertThat(matrix.slowness(matrix.rows().get(0), BIG)).isEmpty();
        assertThat(matrix.slowness(matrix.rows().get(1), BIG)).contains(1.0);
    }

    @Test
    void slowness_is_that_of_the_same_test_on_the_native_architecture() {
        Matrix matrix = matrix(
                passed("A.a", AMD64, 100),
                passed("A.a", S390X, 750),
                passed("A.b", S390X, 750),
                failed("A.c", AMD64, 100),
                passed("A.c", S390X, 750));

        assertThat(matrix.slowness(matrix.rows().get(0), BIG)).contains(7.5);
        assertThat(matrix.slowness(matrix.rows().get(0), HOST)).isEmpty();
        assertThat(matrix.slowness(matrix.rows().get(1), BIG)).isEmpty();
        assertThat(matrix.slowness(matrix.rows().get(2), BIG)).isEmpty();
    }

    @Test
    void the_slowest_cells_come_first_and_skipped_ones_never() {
        Matrix matrix = matrix(
                passed("A.a", S390X, 5),
                failed("A.b", S390X, 50),
                skipped("A.c", S390X, "no"),
                passed("A.d", S390X, 7));

        assertThat(matrix.slowest(2)).extracting(cell -> cell.row().test()).containsExactly("b", "d");
    }

    @Test
    void the_summary_names_the_architectures_that_fail() {
        Matrix matrix = matrix(
                passed("A.a", AMD64, 1),
                failed("A.a", S390X, 1),
                failed("A.b", S390X, 1),
                failed("A.b", ARM32V7, 1),
                skipped("A.b", AMD64, "no"));

        assertThat(matrix.summary())
                .isEqualTo("2 tests on 3 architectures: 1 passed, 3 failed (arm32v7 1, s390x 2), 1 skipped");
        assertThat(matrix(passed("A.a", S390X, 1)).summary())
                .isEqualTo("1 test on 1 architecture: 1 passed, 0 failed, 0 skipped");
    }

    private static Matrix matrix(CellResult... results) {
        return Matrix.of(List.of(List.of(results)));
    }
}
