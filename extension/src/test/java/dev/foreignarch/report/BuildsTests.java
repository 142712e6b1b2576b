package dev.foreignarch.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foreignarch.report.Builds.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which runs of a daemon are one build. */
class BuildsTests {

    private final List<Span> runs = new ArrayList<>();

    @Test
    void runs_of_different_classes_are_one_build() {
        run("surefire", 0, 10, "A", "B");
        run("failsafe", 60, 70, "C");

        assertThat(buildOf("failsafe")).containsExactly("surefire", "failsafe");
    }

    @Test
    void a_class_that_comes_again_is_of_another_build_without_what_was_deleted() {
        run("one", 0, 10, "A", "Deleted");
        run("two", 20, 30, "A");

        assertThat(buildOf("two")).containsExactly("two");
        assertThat(buildOf("one")).containsExactly("one");
    }

    @Test
    void a_build_begins_after_the_longest_rest_before_the_class_that_tells_of_it() {
        run("unit 1", 0, 10, "A");
        run("integration 1", 11, 20, "Deleted");
        run("added 2", 100, 110, "Added");
        run("unit 2", 112, 120, "A");
        run("integration 2", 200, 210, "C");

        assertThat(buildOf("integration 2")).containsExactly("added 2", "unit 2", "integration 2");
        assertThat(buildOf("integration 1")).containsExactly("unit 1", "integration 1");
    }

    @Test
    void builds_at_the_same_time_are_told_apart() {
        run("one", 0, 100, "A");
        run("two", 50, 90, "A");

        assertThat(buildOf("two")).containsExactly("two");
        assertThat(buildOf("one")).containsExactly("one");
    }

    @Test
    void modules_that_run_at_the_same_time_are_one_build() {
        run("second module", 5, Long.MAX_VALUE, "C");
        run("first module", 0, 100, "A", "B");

        assertThat(buildOf("first module")).containsExactly("first module", "second module");
    }

    private void run(String name, long start, long end, String... classes) {
        runs.add(new Span(Path.of(name), start, end, Set.of(classes)));
    }

    private List<String> buildOf(String name) {
        return Builds.around(Path.of(name), runs).stream()
                .map(span -> span.folder().toString())
                .toList();
    }
}
