package dev.foreignarch.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import dev.foreignarch.report.Matrix.Cell;
import dev.foreignarch.report.Matrix.Column;
import dev.foreignarch.report.Matrix.Row;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The table as one HTML file that needs no other. Each cell opens what is known of it. */
final class HtmlMatrix {

    private static final int SLOWEST = 10;

    private final Matrix matrix;
    private final Marks marks;
    private final Map<CellResult, String> ids = new HashMap<>();

    HtmlMatrix(Matrix matrix) {
        this.matrix = matrix;
        this.marks = matrix.marks();
    }

    /** Return the file's text. */
    String render() {
        String table = table();
        return page().replace("<!--SUMMARY-->", HtmlText.of(matrix.summary()) + ".")
                .replace("<!--STATE-->", matrix.outcome().name().toLowerCase(Locale.ROOT))
                .replace("<!--FAILURES-->", failures())
                .replace("<!--TABLE-->", table)
                .replace("<!--MARKS-->", legend())
                .replace("<!--SLOWEST-->", slowest())
                .replace("<!--DETAILS-->", details());
    }

    private static String page() {
        try (InputStream page = HtmlMatrix.class.getResourceAsStream("matrix.html")) {
            return new String(Objects.requireNonNull(page, "matrix.html").readAllBytes(), UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private String table() {
        StringBuilder html = new StringBuilder("<thead><tr><th scope=\"col\">test</th>");
        matrix.columns()
                .forEach(column -> html.append("<th scope=\"col\">")
                        .append(column.architecture())
                        .append("<small>")
                        .append(column.verdicts().stream().map(HtmlText::of).collect(joining("<br>")))
                        .append("</small></th>"));
        html.append("</tr></thead>\n");
        String heading = "";
        for (Row row : matrix.rows()) {
            String type = (matrix.hasModules() ? row.module() + ": " : "")
                    + row.type().replace('$', '.');
            if (!type.equals(heading)) {
                heading = type;
                html.append("<tbody><tr class=\"type\"><th colspan=\"")
                        .append(matrix.columns().size() + 1)
                        .append("\">")
                        .append(HtmlText.of(type))
                        .append("</th></tr>\n");
            }
            html.append(row(row));
        }
        return html.toString();
    }

    private String row(Row row) {
        return "<tr class=\"" + (row.isFailed() ? "failed" : "sound") + "\"><th scope=\"row\">"
                + HtmlText.of(row.test())
                + "</th>"
                + matrix.columns().stream()
                        .map(column -> row.on(column)
                                .map(cell -> cell(row, column, cell))
                                .orElse("<td></td>"))
                        .collect(joining())
                + "</tr>\n";
    }

    private String cell(Row row, Column column, Cell cell) {
        CellResult result = cell.result();
        String time = result.outcome() == Outcome.SKIPPED ? "skipped" : Seconds.of(result.duration());
        String ratio = matrix.slowness(row, column)
                .map(times ->
                        " <small>× " + String.format(Locale.ROOT, times < 10 ? "%.1f" : "%.0f", times) + "</small>")
                .orElse("");
        String label = row.test() + " on " + column.architecture() + ": "
                + result.outcome().word()
                + cell.marks().stream().map(mark -> "; " + mark).collect(joining());
        String title = Stream.concat(Stream.of(result.shortReason()), cell.marks().stream())
                .filter(line -> !line.isEmpty())
                .collect(joining("\n"));
        return "<td class=\"" + state(cell) + (cell.marks().isEmpty() ? "" : " marked")
                + "\"><button type=\"button\" data-cell=\"" + id(result)
                + "\" aria-label=\""
                + HtmlText.of(label) + "\" title=\"" + HtmlText.of(title) + "\"><b>"
                + result.outcome().sign() + "</b> " + time + ratio + (cell.isFlaky() ? " <small>flaky</small>" : "")
                + (cell.marks().isEmpty() ? "" : " <sup>" + marks.numbers(cell.marks()) + "</sup>")
                + "</button></td>";
    }

    private static String state(Cell cell) {
        return cell.isFlaky() ? "flaky" : cell.outcome().name().toLowerCase(Locale.ROOT);
    }

    private String id(CellResult result) {
        return ids.computeIfAbsent(result, any -> "cell-" + ids.size());
    }

    private String failures() {
        return matrix.failures().stream()
                .map(failure -> "<li><button type=\"button\" data-cell=\"" + id(failure.result()) + "\"><b>"
                        + failure.result().address().architecture() + "</b> "
                        + HtmlText.of(failure.row().title()) + "</button><span>"
                        + HtmlText.of(failure.result().shortReason()) + "</span></li>\n")
                .collect(joining());
    }

    private String legend() {
        return marks.sentences().stream()
                .map(mark -> "<li>" + marks.numbers(List.of(mark)) + " " + HtmlText.of(mark) + "</li>\n")
                .collect(joining());
    }

    private String slowest() {
        return matrix.slowest(SLOWEST).stream()
                .map(slow -> "<li><button type=\"button\" data-cell=\"" + id(slow.result()) + "\">"
                        + Seconds.of(slow.result().duration()) + " <b>"
                        + slow.result().address().architecture() + "</b> "
                        + HtmlText.of(slow.row().title()) + "</button></li>\n")
                .collect(joining());
    }

    private String details() {
        return matrix.rows().stream()
                .flatMap(row -> row.cells().values().stream().map(cell -> details(row, cell)))
                .collect(joining());
    }

    private String details(Row row, Cell cell) {
        CellResult result = cell.result();
        StringBuilder html = new StringBuilder("<template id=\"" + id(result) + "\"><h2>"
                + HtmlText.of(row.title()) + "</h2><p class=\"" + state(cell) + "\"><b>"
                + result.outcome().word() + "</b> on <b>" + result.address().architecture() + "</b> after "
                + Seconds.of(result.duration()) + "</p>"
                + cell.marks().stream()
                        .map(mark -> "<p class=\"mark\">" + HtmlText.of(mark) + "</p>")
                        .collect(joining())
                + "<dl>");
        if (!result.verdict().isEmpty()) {
            html.append(term("runs", result.verdict()));
        }
        result.facts().forEach(fact -> {
            int colon = fact.indexOf(": ");
            html.append(term(fact.substring(0, Math.max(colon, 0)), fact.substring(colon < 0 ? 0 : colon + 2)));
        });
        html.append("</dl>");
        if (!result.reason().isEmpty()) {
            html.append("<pre>").append(HtmlText.of(result.reason())).append("</pre>");
        }
        result.attachments().forEach(file -> html.append(attachment(file)));
        int counts = cell.attempts().indexOf(result);
        for (int index = 0; index < cell.attempts().size(); index++) {
            CellResult attempt = cell.attempts().get(index);
            if (index != counts) {
                html.append(index < counts ? "<h3>before, " : "<h3>after that, ")
                        .append(attempt.outcome().word())
                        .append("</h3><pre>")
                        .append(HtmlText.of(attempt.reason()))
                        .append("</pre>");
            }
        }
        return html.append("</template>\n").toString();
    }

    private static String term(String name, String value) {
        return "<dt>" + HtmlText.of(name) + "</dt><dd>" + HtmlText.of(value) + "</dd>";
    }

    private static String attachment(Attachment file) {
        return "<h3>" + HtmlText.of(file.path()) + "</h3>"
                + (file.end().isEmpty() ? "" : "<pre>" + HtmlText.of(file.end()) + "</pre>");
    }
}
