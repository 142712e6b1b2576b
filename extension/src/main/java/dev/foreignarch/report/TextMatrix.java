package dev.foreignarch.report;

import dev.foreignarch.report.Matrix.Cell;
import dev.foreignarch.report.Matrix.Column;
import dev.foreignarch.report.Matrix.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The table as text, for the end of a build's log: one line for each class, and below it one for each of its tests that
 * failed. Letters that every log can show.
 *
 * @param matrix the table
 * @param marks the remarks on its cells
 */
record TextMatrix(Matrix matrix, Marks marks) {

    private static final int LONGEST_NAME = 48;

    TextMatrix(Matrix matrix) {
        this(matrix, matrix.marks());
    }

    /** Return the lines, each with its end. */
    String render() {
        List<List<String>> lines = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of(""));
        matrix.columns().forEach(column -> head.add(column.architecture().dockerName()));
        lines.add(head);
        byClass().forEach((name, rows) -> {
            lines.add(line(name, column -> ofClass(rows, column)));
            rows.stream()
                    .filter(Row::isFailed)
                    .forEach(row -> lines.add(
                            line("  " + row.test(), column -> row.on(column).map(this::ofTest))));
        });
        StringBuilder text = new StringBuilder("ForeignArch: " + matrix.summary() + "\n");
        List<Integer> widths = widths(lines);
        for (List<String> line : lines) {
            StringBuilder row = new StringBuilder();
            for (int index = 0; index < line.size(); index++) {
                String cell = line.get(index);
                String space = " ".repeat(widths.get(index) - cell.length());
                row.append(index == 0 ? "  " + cell + space : "  " + space + cell);
            }
            text.append(row.toString().stripTrailing()).append('\n');
        }
        marks.legend().forEach(line -> text.append("  ").append(printable(line)).append('\n'));
        return text.toString();
    }

    private Map<String, List<Row>> byClass() {
        Map<String, List<Row>> classes = new LinkedHashMap<>();
        for (Row row : matrix.rows()) {
            String name = matrix.hasModules() ? row.module() + ": " + row.simpleType() : row.simpleType();
            classes.computeIfAbsent(name, any -> new ArrayList<>()).add(row);
        }
        return classes;
    }

    private interface CellText {
        Optional<String> of(Column column);
    }

    private List<String> line(String name, CellText cells) {
        List<String> line = new ArrayList<>();
        line.add(shortened(printable(name)));
        matrix.columns().forEach(column -> line.add(cells.of(column).orElse("")));
        return line;
    }

    private static String shortened(String name) {
        return name.codePointCount(0, name.length()) <= LONGEST_NAME
                ? name
                : name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME - 3)) + "...";
    }

    /** A name with a line's end in it could pass for a line of the table. */
    private static String printable(String name) {
        return name.codePoints()
                .map(character -> switch (Character.getType(character)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR -> '?';
                    default -> character;
                })
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private String ofTest(Cell cell) {
        return marked(cell.outcome().word(), cell.marks());
    }

    private String marked(String words, Collection<String> marks) {
        return marks.isEmpty() ? words : words + " " + this.marks.numbers(marks);
    }

    private Optional<String> ofClass(List<Row> rows, Column column) {
        List<Cell> cells = rows.stream()
                .filter(row -> !row.whole())
                .flatMap(row -> row.on(column).stream())
                .toList();
        List<Outcome> outcomes = cells.stream().map(Cell::outcome).toList();
        if (outcomes.isEmpty()) {
            return Optional.empty();
        }
        List<String> counts = new ArrayList<>();
        for (Outcome outcome : List.of(Outcome.FAILED, Outcome.PASSED, Outcome.SKIPPED)) {
            long count = outcomes.stream().filter(outcome::equals).count();
            if (count > 0) {
                counts.add(count + " " + outcome.word());
            }
        }
        return Optional.of(marked(
                String.join(" ", counts),
                cells.stream().flatMap(cell -> cell.marks().stream()).toList()));
    }

    private static List<Integer> widths(List<List<String>> lines) {
        List<Integer> widths = new ArrayList<>();
        for (int index = 0; index < lines.get(0).size(); index++) {
            int column = index;
            widths.add(lines.stream()
                    .mapToInt(line -> line.get(column).length())
                    .max()
                    .orElse(0));
        }
        return widths;
    }
}
