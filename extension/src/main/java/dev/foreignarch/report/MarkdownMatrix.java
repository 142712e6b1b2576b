package dev.foreignarch.report;

import static java.util.stream.Collectors.joining;

import dev.foreignarch.report.Matrix.Cell;
import dev.foreignarch.report.Matrix.Column;
import dev.foreignarch.report.Matrix.Placed;
import dev.foreignarch.report.Matrix.Row;
import java.util.List;

/**
 * The table as Markdown, for the summary of a job.
 *
 * @param matrix the table
 * @param marks the remarks on its cells
 */
record MarkdownMatrix(Matrix matrix, Marks marks) {

    /** GitHub refuses a summary of more than 1 MiB; and nobody reads that many rows without a filter. */
    private static final int MOST_ROWS = 400;

    private static final int MOST_FAILURES = 20;
    private static final int LONGEST_FAILURE = 4000;

    MarkdownMatrix(Matrix matrix) {
        this(matrix, matrix.marks());
    }

    /** Return the text. */
    String render() {
        StringBuilder text = new StringBuilder();
        text.append("### ")
                .append(
                        switch (matrix.outcome()) {
                            case PASSED -> "✅";
                            case FAILED -> "❌";
                            case SKIPPED -> "⏭️";
                        })
                .append(" Tests × architectures\n\n");
        text.append(matrix.summary()).append(".\n\n");
        text.append("| |").append(heads(column -> column.architecture().dockerName()));
        text.append("|---|").append("---|".repeat(matrix.columns().size())).append('\n');
        text.append("| |").append(heads(column -> "<sub>" + escaped(column.verdict()) + "</sub>"));
        List<Row> rows = matrix.rows();
        boolean tooMany = rows.size() > MOST_ROWS;
        List<Row> listed =
                rows.stream().filter(row -> !tooMany || row.isFailed()).toList();
        listed.stream().limit(MOST_ROWS).forEach(row -> text.append(row(row)));
        if (tooMany) {
            text.append("\nOnly rows with a failure are listed, of ")
                    .append(rows.size())
                    .append(" rows")
                    .append(listed.size() > MOST_ROWS ? ", and " + (listed.size() - MOST_ROWS) + " more failed" : "")
                    .append(".\n");
        }
        marks.legend().forEach(line -> text.append('\n').append(escaped(line)).append('\n'));
        List<Placed> failures = matrix.failures();
        failures.stream().limit(MOST_FAILURES).forEach(failure -> text.append(failure(failure)));
        if (failures.size() > MOST_FAILURES) {
            text.append("\nand ").append(failures.size() - MOST_FAILURES).append(" more failures.\n");
        }
        return text.toString();
    }

    private interface Text {
        String of(Column column);
    }

    private String heads(Text head) {
        return matrix.columns().stream()
                .map(column -> " " + head.of(column) + " |")
                .collect(joining("", "", "\n"));
    }

    private String row(Row row) {
        return "| " + escaped(name(row)) + " |"
                + heads(column -> row.on(column).map(this::cell).orElse(""));
    }

    private String name(Row row) {
        return (matrix.hasModules() ? row.module() + ": " : "") + row.title();
    }

    private String cell(Cell cell) {
        String outcome = outcome(cell);
        return cell.marks().isEmpty() ? outcome : outcome + " <sup>" + marks.numbers(cell.marks()) + "</sup>";
    }

    private static String outcome(Cell cell) {
        return switch (cell.outcome()) {
            case PASSED ->
                (cell.isFlaky() ? "⚠️ flaky " : "✅ ") + Seconds.of(cell.result().duration());
            case FAILED -> "❌ " + Seconds.of(cell.result().duration());
            case SKIPPED -> "⏭️";
        };
    }

    private String failure(Placed failure) {
        String reason = failure.result().reason();
        if (reason.codePointCount(0, reason.length()) > LONGEST_FAILURE) {
            reason = reason.substring(0, reason.offsetByCodePoints(0, LONGEST_FAILURE)) + "\n…";
        }
        return "\n<details><summary>❌ " + html(name(failure.row())) + " on <b>"
                + failure.result().address().architecture() + "</b>: "
                + html(failure.result().shortReason()) + "</summary>\n\n<pre>"
                + html(reason) + "</pre>\n</details>\n";
    }

    private static String escaped(String text) {
        return html(text)
                .replace("\\", "\\\\")
                .replace("|", "\\|")
                .replaceAll("([*_`\\[\\]])", "\\\\$1")
                .replaceAll("\\R", " ");
    }

    private static String html(String text) {
        return HtmlText.of(text);
    }
}
