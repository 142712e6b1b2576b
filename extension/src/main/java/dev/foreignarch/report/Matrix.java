package dev.foreignarch.report;

import dev.foreignarch.arch.Architecture;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * All results of a build: tests down, architectures across.
 *
 * @param columns the architectures, the native one first
 * @param rows the tests, by class; those of a class in the order in which they ran
 */
record Matrix(List<Column> columns, List<Row> rows) {

    private static final String NATIVE = "native";

    /**
     * An architecture.
     *
     * @param architecture the architecture
     * @param verdict by what it runs; empty if nothing ran
     */
    record Column(Architecture architecture, String verdict) {

        /** Return whether the engine's processor has the architecture. */
        boolean isNative() {
            return verdict.startsWith(NATIVE);
        }
    }

    /**
     * A test.
     *
     * @param module the module that has it
     * @param type its class
     * @param test its name
     * @param cells what became of it on each architecture that it has
     */
    record Row(String module, String type, String test, Map<Architecture, Cell> cells) {

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
    }

    /**
     * A test on an architecture.
     *
     * @param attempts each time that it ran, at least one
     */
    record Cell(List<CellResult> attempts) {

        /** Return the last attempt, which counts. */
        CellResult result() {
            return attempts.get(attempts.size() - 1);
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
            return outcome() == Outcome.PASSED
                    && attempts.stream().anyMatch(attempt -> attempt.outcome() == Outcome.FAILED);
        }
    }

    /**
     * Make a table.
     *
     * @param jvms the results of each JVM, in the order of their arrival. Where a test has several in one JVM, it was
     *     repeated, and the last counts; those of a later JVM are another run's, and take the place of earlier ones
     */
    static Matrix of(List<List<CellResult>> jvms) {
        Map<String, Map<CellAddress, List<CellResult>>> byClass = new TreeMap<>();
        Map<Architecture, String> verdicts = new LinkedHashMap<>();
        for (List<CellResult> results : jvms) {
            Set<List<Object>> seen = new HashSet<>();
            for (CellResult result : results) {
                CellAddress address = result.address();
                List<CellResult> attempts = byClass.computeIfAbsent(
                                result.module() + '\n' + address.type(), any -> new LinkedHashMap<>())
                        .computeIfAbsent(address, any -> new ArrayList<>());
                if (seen.add(List.of(result.module(), address))) {
                    attempts.clear();
                }
                attempts.add(result);
                verdicts.merge(
                        address.architecture(), result.verdict(), (first, next) -> first.isEmpty() ? next : first);
            }
        }
        List<Row> rows = new ArrayList<>();
        byClass.values().forEach(cells -> rows.addAll(rows(cells)));
        List<Column> columns = verdicts.entrySet().stream()
                .map(entry -> new Column(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing((Column column) -> !column.isNative())
                        .thenComparing(Column::architecture))
                .toList();
        return new Matrix(columns, List.copyOf(rows));
    }

    private static List<Row> rows(Map<CellAddress, List<CellResult>> cells) {
        Map<String, Row> rows = new LinkedHashMap<>();
        cells.forEach((address, attempts) -> rows.computeIfAbsent(
                        address.test(),
                        test -> new Row(attempts.get(0).module(), address.type(), test, new LinkedHashMap<>()))
                .cells()
                .put(address.architecture(), new Cell(attempts)));
        return List.copyOf(rows.values());
    }

    /** Return the cells of a column. */
    List<Cell> cells(Column column) {
        return rows.stream().flatMap(row -> row.on(column).stream()).toList();
    }

    /** Count the cells with an outcome. */
    long count(Outcome outcome) {
        return columns.stream().mapToLong(column -> count(column, outcome)).sum();
    }

    /** Count the cells of a column with an outcome. */
    long count(Column column, Outcome outcome) {
        return cells(column).stream().filter(cell -> cell.outcome() == outcome).count();
    }

    /** Return whether the tests are of more than one module. */
    boolean hasModules() {
        return rows.stream().map(Row::module).distinct().count() > 1;
    }

    /** Return how many times longer a test took than on the native architecture; nothing if it didn't pass on both. */
    Optional<Double> slowness(Row row, Column column) {
        return columns.stream()
                .filter(Column::isNative)
                .filter(host -> !host.equals(column))
                .findFirst()
                .flatMap(row::on)
                .filter(host -> host.outcome() == Outcome.PASSED)
                .map(host -> host.result().duration().toNanos())
                .filter(host -> host > 0)
                .flatMap(host -> row.on(column)
                        .filter(cell -> cell.outcome() == Outcome.PASSED)
                        .map(cell -> (double) cell.result().duration().toNanos() / host));
    }

    /** Return the cells that took longest, the slowest first. */
    List<CellResult> slowest(int limit) {
        return rows.stream()
                .flatMap(row -> row.cells().values().stream())
                .map(Cell::result)
                .filter(result -> result.outcome() != Outcome.SKIPPED)
                .sorted(Comparator.comparing(CellResult::duration).reversed())
                .limit(limit)
                .toList();
    }

    /** Return the cells that failed. */
    List<CellResult> failures() {
        return rows.stream()
                .flatMap(row -> row.cells().values().stream())
                .map(Cell::result)
                .filter(result -> result.outcome() == Outcome.FAILED)
                .toList();
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
        StringBuilder text = new StringBuilder();
        text.append(counted(rows.size(), "test")).append(" on ").append(counted(columns.size(), "architecture"));
        text.append(": ")
                .append(count(Outcome.PASSED))
                .append(" passed, ")
                .append(count(Outcome.FAILED))
                .append(" failed");
        columns.stream()
                .filter(column -> count(column, Outcome.FAILED) > 0)
                .map(column -> column.architecture() + " " + count(column, Outcome.FAILED))
                .reduce((all, next) -> all + ", " + next)
                .ifPresent(failed -> text.append(" (").append(failed).append(')'));
        text.append(", ").append(count(Outcome.SKIPPED)).append(" skipped");
        long marked = rows.stream()
                .flatMap(row -> row.cells().values().stream())
                .filter(cell -> !cell.marks().isEmpty())
                .count();
        if (marked > 0) {
            text.append("; ").append(marked).append(" marked");
        }
        return text.toString();
    }

    private static String counted(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
