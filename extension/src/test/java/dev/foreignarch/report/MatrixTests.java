package dev.foreignarch.report;

import static dev.foreignarch.arch.Architecture.AMD64;
import static dev.foreignarch.arch.Architecture.ARM32V7;
import static dev.foreignarch.arch.Architecture.S390X;
import static dev.foreignarch.report.Cells.failed;
import static dev.foreignarch.report.Cells.ofModule;
import static dev.foreignarch.report.Cells.passed;
import static dev.foreignarch.report.Cells.skipped;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foreignarch.report.Matrix.Column;
import dev.foreignarch.report.Matrix.Row;
import java.util.List;
import org.junit.jupiter.api.Test;

class MatrixTests {

    private static final Column HOST = new Column(AMD64, "native");
    private static final Column BIG = new Column(S390X, "emulated by QEMU 7.2");

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
    void what_a_later_jvm_saw_takes_the_place_of_an_earlier_result() {
        Matrix matrix = Matrix.of(
                List.of(List.of(failed("A.a", S390X, 1), failed("A.b", S390X, 1)), List.of(passed("A.a", S390X, 2))));

        assertThat(matrix.rows().get(0).on(BIG).orElseThrow().isFlaky()).isFalse();
        assertThat(matrix.failures())
                .extracting(failure -> failure.address().test())
                .containsExactly("b");
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

        assertThat(matrix.slowest(2)).extracting(cell -> cell.address().test()).containsExactly("b", "d");
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
