package dev.foreignarch.report;

import static java.util.stream.Collectors.joining;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.report.Matrix.Cell;
import dev.foreignarch.report.Matrix.Column;
import dev.foreignarch.report.Matrix.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Sorts results into rows: by unique IDs, whatever the tests are called. */
final class MatrixRows {

    private final Map<Key, Map<Architecture, List<CellResult>>> rows = new LinkedHashMap<>();

    /**
     * What tells rows apart.
     *
     * @param run 0 for the first run that has the test on an architecture, 1 for the second
     */
    private record Key(String module, String id, int run) {}

    /** Add the results of one run. */
    void add(List<CellResult> run) {
        Map<List<Object>, Key> mine = new HashMap<>();
        for (CellResult result : run) {
            CellAddress address = result.address();
            Key key = mine.computeIfAbsent(
                    List.of(result.module(), address.row(), address.architecture()), any -> free(result));
            rows.computeIfAbsent(key, any -> new EnumMap<>(Architecture.class))
                    .computeIfAbsent(address.architecture(), any -> new ArrayList<>())
                    .add(result);
        }
    }

    private Key free(CellResult result) {
        CellAddress address = result.address();
        int run = 0;
        Key key = new Key(result.module(), address.row(), run);
        while (rows.getOrDefault(key, Map.of()).containsKey(address.architecture())) {
            key = new Key(result.module(), address.row(), ++run);
        }
        return key;
    }

    /** Return the rows, by class. */
    List<Row> rows() {
        Map<List<String>, Map<Key, Row>> classes = new TreeMap<>(
                Comparator.comparing((List<String> names) -> names.get(0)).thenComparing(names -> names.get(1)));
        rows.forEach((key, cells) -> {
            Row row = row(key, cells);
            if (isTold(row)) {
                classes.computeIfAbsent(List.of(row.module(), row.type()), any -> new LinkedHashMap<>())
                        .put(key, row);
            }
        });
        return classes.values().stream()
                .flatMap(ofClass -> named(ofClass).stream())
                .toList();
    }

    /** That a class passed as a whole is worth a word only where it failed before. */
    private static boolean isTold(Row row) {
        return !row.whole()
                || row.cells().values().stream().anyMatch(cell -> cell.outcome() != Outcome.PASSED || cell.isFlaky());
    }

    private static Row row(Key key, Map<Architecture, List<CellResult>> results) {
        Map<Architecture, Cell> cells = new EnumMap<>(Architecture.class);
        results.forEach((architecture, attempts) -> cells.put(architecture, new Cell(List.copyOf(attempts))));
        List<CellAddress> addresses = results.values().stream()
                .map(attempts -> attempts.get(attempts.size() - 1).address())
                .toList();
        // What a test makes of itself at run time may have another name on each architecture.
        String name = addresses.stream().map(CellAddress::test).distinct().collect(joining(" / "));
        CellAddress any = addresses.get(0);
        return new Row(key.module(), any.type(), name, any.whole(), cells);
    }

    private static List<Row> named(Map<Key, Row> ofClass) {
        List<Map.Entry<Key, Row>> inOrder = new ArrayList<>(ofClass.entrySet());
        inOrder.sort(Map.Entry.comparingByKey(
                Comparator.comparing(Key::id, RowNames.BY_ID).thenComparingInt(Key::run)));
        List<String> names = RowNames.distinct(
                inOrder.stream().map(entry -> entry.getValue().test()).toList());
        Map<Key, String> named = new HashMap<>();
        for (int index = 0; index < names.size(); index++) {
            named.put(inOrder.get(index).getKey(), names.get(index));
        }
        return ofClass.entrySet().stream()
                .map(entry -> entry.getValue().named(named.getOrDefault(entry.getKey(), "")))
                .toList();
    }

    /** Return the architectures that any row has. */
    List<Column> columns() {
        Map<Architecture, Set<String>> verdicts = new EnumMap<>(Architecture.class);
        rows().forEach(row -> row.cells().forEach((architecture, cell) -> {
            Set<String> known = verdicts.computeIfAbsent(architecture, any -> new LinkedHashSet<>());
            cell.attempts().stream()
                    .map(CellResult::verdict)
                    .filter(verdict -> !verdict.isEmpty())
                    .forEach(known::add);
        }));
        return verdicts.entrySet().stream()
                .map(entry -> new Column(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing((Column column) -> !column.isNative())
                        .thenComparing(Column::architecture))
                .toList();
    }
}
