package dev.foreignarch.report;

import static java.util.stream.Collectors.joining;

import dev.foreignarch.arch.Architecture;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All results of a build: tests down, architectures across.
 *
 * @param columns the architectures, the native one first
 * @param rows the tests, by class; those of a class in the order in which they ran
 * @param lost how many JVMs ended before they had told all
 */
record Matrix(List<Column> columns, List<Row> rows, long lost) {

    /**
     * An architecture.
     *
     * @param architecture the architecture
     * @param verdicts by what its tests ran, each way once; none if nothing ran
     */
    record Column(Architecture architecture, Set<String> verdicts) {

        /** Return whether the engine's processor has the architecture: nothing ran by anything else. */
        boolean isNative() {
            return !verdicts.isEmpty() && verdicts.stream().allMatch(CellResult::isNative);
        }

        /** Return by what its tests ran, in one line; empty if nothing ran. */
        String verdict() {
            return String.join("; ", verdicts);
        }
    }

    /**
     * A test, or a class or template that failed or was skipped as a whole.
     *
     * @param module the module that has it
     * @param type its class
     * @param test its name, which no other row of the class has
     * @param whole whether it is no test
     * @param cells what became of it on each architecture that it has
     */
    record Row(String module, String type, String test, boolean whole, Map<Architecture, Cell> cells) {

        /** Return the row with another name. */
        Row named(String name) {
            return new Row(module, type, name, whole, cells);
        }

        /** Return what became of the test on an architecture. */
        Optional<Cell> on(Column column) {
            return Optional.ofNullable(cells.get(column.architecture()));
        }

        /** Return whether it failed on any architecture. */
        boolean isFailed() {
            return cells.values().stream().anyMatch(cell -> cell.outcome() == Outcome.FAILED);
        }

        /** Return the name of its class without the package. */
        String simpleType() {
            return CellAddress.simpleName(type);
        }

        /** Return the test as a reader of the report knows it: {@code CacheTests › answers}. */
        String title() {
            return simpleType() + " › " + test;
        }
    }

    /**
     * A test on an architecture.
     *
     * @param attempts each time that it ran, at least one
     */
    record Cell(List<CellResult> attempts) {

        /** Return the attempt that counts: the last one, or the last that failed if the test was but skipped after it. */
        CellResult result() {
            CellResult last = attempts.get(attempts.size() - 1);
            return last.outcome() == Outcome.SKIPPED ? lastFailed().orElse(last) : last;
        }

        private Optional<CellResult> lastFailed() {
            return attempts.stream()
                    .filter(attempt -> attempt.outcome() == Outcome.FAILED)
                    .reduce((earlier, later) -> later);
        }

        /** Return what is to be remarked on it. */
        List<String> marks() {
            return result().marks();
        }

        Outcome outcome() {
            return result().outcome();
        }

        /** Return whether it passed only when it ran again. */
        boolean isFlaky() {
            return outcome() == Outcome.PASSED && lastFailed().isPresent();
        }
    }

    /**
     * A cell with its row, for lists.
     *
     * @param row the row
     * @param cell one of its cells
     */
    record Placed(Row row, Cell cell) {

        CellResult result() {
            return cell.result();
        }
    }

    /**
     * Make a table.
     *
     * @param runs the results of each run, in the order of their arrival. A unique ID that a run has twice is a test that
     *     was repeated; that another run has it too is another result
     * @param lost how many JVMs ended before they had told all
     */
    static Matrix of(List<List<CellResult>> runs, long lost) {
        MatrixRows rows = new MatrixRows();
        runs.forEach(rows::add);
        return new Matrix(rows.columns(), rows.rows(), lost);
    }

    static Matrix of(List<List<CellResult>> runs) {
        return of(runs, 0);
    }

    /** Return the cells of tests on an architecture. */
    private Stream<Cell> tests(Column column) {
        return rows.stream().filter(row -> !row.whole()).flatMap(row -> row.on(column).stream());
    }

    /** Count the tests with an outcome, once for each architecture. */
    long count(Outcome outcome) {
        return columns.stream().mapToLong(column -> count(column, outcome)).sum();
    }

    /** Count the tests of a column with an outcome. */
    long count(Column column, Outcome outcome) {
        return tests(column).filter(cell -> cell.outcome() == outcome).count();
    }

    /** Count the classes and templates with an outcome. One that failed for all architectures at once failed once. */
    long countWhole(Outcome outcome) {
        return rows.stream()
                .filter(Row::whole)
                .flatMap(row -> row.cells().values().stream()
                        .filter(cell -> cell.outcome() == outcome)
                        .map(cell -> cell.result().address().id())
                        .distinct())
                .count();
    }

    private long flaky() {
        return columns.stream().flatMap(this::tests).filter(Cell::isFlaky).count();
    }

    /** Return what all of it comes to: failed, if anything did; skipped, if nothing passed. */
    Outcome outcome() {
        if (lost > 0 || rows.stream().anyMatch(Row::isFailed)) {
            return Outcome.FAILED;
        }
        return count(Outcome.PASSED) > 0 ? Outcome.PASSED : Outcome.SKIPPED;
    }

    /** Return whether the tests are of more than one module. */
    boolean hasModules() {
        return rows.stream().map(Row::module).distinct().count() > 1;
    }

    /** Return how many times longer a test took than on the native architecture; nothing if it didn't pass on both. */
    Optional<Double> slowness(Row row, Column column) {
        Optional<CellResult> here = row.on(column)
                .map(Cell::result)
                .filter(result -> result.outcome() == Outcome.PASSED && !result.isNative());
        return here.flatMap(result -> columns.stream()
                .flatMap(host -> row.on(host).stream())
                .map(Cell::result)
                .filter(host -> host.outcome() == Outcome.PASSED && host.isNative())
                .findFirst()
                .map(host -> host.duration().toNanos())
                .filter(host -> host > 0)
                .map(host -> (double) result.duration().toNanos() / host));
    }

    private Stream<Placed> placed() {
        return rows.stream().flatMap(row -> row.cells().values().stream().map(cell -> new Placed(row, cell)));
    }

    /** Return the tests that took longest, the slowest first. */
    List<Placed> slowest(int limit) {
        return placed().filter(cell -> !cell.row().whole() && cell.cell().outcome() != Outcome.SKIPPED)
                .sorted(Comparator.comparing((Placed cell) -> cell.result().duration())
                        .reversed())
                .limit(limit)
                .toList();
    }

    /** Return what failed. */
    List<Placed> failures() {
        return placed().filter(cell -> cell.cell().outcome() == Outcome.FAILED).toList();
    }

    /** Return what is to be remarked on any of the cells. */
    Marks marks() {
        return new Marks(rows.stream()
                .flatMap(row -> row.cells().values().stream())
                .flatMap(cell -> cell.marks().stream())
                .distinct()
                .toList());
    }

    /** Return the results in one sentence. */
    String summary() {
        long tests = rows.stream().filter(row -> !row.whole()).count();
        String flaky = flaky() == 0 ? "" : " (" + flaky() + " flaky)";
        String failed = columns.stream()
                .filter(column -> count(column, Outcome.FAILED) > 0)
                .map(column -> column.architecture() + " " + count(column, Outcome.FAILED))
                .collect(joining(", "));
        String whole = Stream.of(Outcome.FAILED, Outcome.SKIPPED)
                .filter(outcome -> countWhole(outcome) > 0)
                .map(outcome -> countWhole(outcome) + (outcome == Outcome.FAILED ? " failed" : " skipped"))
                .collect(joining(", "));
        long marked = rows.stream()
                .flatMap(row -> row.cells().values().stream())
                .filter(cell -> !cell.marks().isEmpty())
                .count();
        return counted(tests, "test") + " on " + counted(columns.size(), "architecture") + ": "
                + count(Outcome.PASSED) + " passed" + flaky + ", "
                + count(Outcome.FAILED) + " failed" + (failed.isEmpty() ? "" : " (" + failed + ")") + ", "
                + count(Outcome.SKIPPED) + " skipped"
                + (whole.isEmpty() ? "" : "; classes and templates as a whole: " + whole)
                + (lost == 0 ? "" : "; " + counted(lost, "JVM") + " ended before all of its tests were told of")
                + (marked == 0 ? "" : "; " + marked + " marked");
    }

    private static String counted(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
