package dev.foreignarch.report;

import dev.foreignarch.jupiter.ForeignArchParameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/**
 * A run of a generated suite as a build tool makes it: in one JVM or several, and once more what failed.
 *
 * @param classes the suite
 * @param parameters the configuration parameters
 * @param folder where the results are kept
 */
record GeneratedRun(GeneratedClasses classes, Map<String, String> parameters, Path folder) {

    /**
     * Run the suite, and compare the table with JUnit's counts.
     *
     * @param jvms whether each class runs as in a JVM of its own, whose results are in a file of their own
     * @param repetitions how often what failed is repeated
     * @return what differs; empty if nothing does
     */
    String difference(boolean jvms, int repetitions) throws IOException {
        JUnitCounts counts = new JUnitCounts(classes);
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        List<List<DiscoverySelector>> parts = new ArrayList<>();
        for (String name : classes.sources().keySet()) {
            if (parts.isEmpty() || jvms) {
                parts.add(new ArrayList<>());
            }
            parts.get(parts.size() - 1).add(DiscoverySelectors.selectClass(name));
        }
        List<CellResult> cells = new ArrayList<>();
        for (int part = 0; part < parts.size(); part++) {
            CellFile file = new CellFile(folder.resolve(part + ".cells"));
            file.create();
            execute(parts.get(part), file, counts, summary);
            if (parts.size() == 1) {
                counts.hold(summary.getSummary());
            }
            cells.addAll(file.read());
            Files.delete(file.path());
        }
        for (int repetition = 0; repetition < repetitions && !counts.failures().isEmpty(); repetition++) {
            CellFile file = new CellFile(folder.resolve("again.cells"));
            file.create();
            execute(
                    counts.failures().stream()
                            .map(DiscoverySelectors::selectUniqueId)
                            .map(DiscoverySelector.class::cast)
                            .toList(),
                    file,
                    counts,
                    summary);
            cells.addAll(file.read());
            Files.delete(file.path());
        }
        return compare(counts.counts(), Matrix.of(List.of(cells)));
    }

    private void execute(
            List<DiscoverySelector> selectors, CellFile file, JUnitCounts counts, SummaryGeneratingListener summary) {
        CellListener listener = new CellListener("module", any -> {}, (any, cell) -> {
            try {
                file.append(cell);
            } catch (IOException unwritable) {
                throw new UncheckedIOException(unwritable);
            }
        });
        LauncherConfig quiet = LauncherConfig.builder()
                .enableLauncherSessionListenerAutoRegistration(false)
                .build();
        try (LauncherSession session = LauncherFactory.openSession(quiet)) {
            session.getLauncher()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(selectors)
                                    .configurationParameters(parameters)
                                    .configurationParameter(ForeignArchParameters.REPORT, "none")
                                    .configurationParameter(
                                            "junit.platform.reporting.output.dir",
                                            folder.resolve("files").toString())
                                    .build(),
                            listener,
                            counts,
                            summary);
        }
    }

    private static String compare(Map<String, Long> expected, Matrix matrix) {
        Map<String, Long> shown = new TreeMap<>();
        for (Outcome outcome : Outcome.values()) {
            for (Matrix.Column column : matrix.columns()) {
                shown.put(column.architecture() + " " + outcome, matrix.count(column, outcome));
            }
            if (outcome != Outcome.PASSED) {
                shown.put("whole " + outcome, matrix.countWhole(outcome));
            }
        }
        shown.values().removeIf(count -> count == 0);
        long names = matrix.rows().stream()
                .map(row -> List.of(row.type(), row.test()))
                .distinct()
                .count();
        StringBuilder text = new StringBuilder();
        if (!shown.equals(expected)) {
            text.append("JUnit counts ")
                    .append(expected)
                    .append("\nthe table     ")
                    .append(shown)
                    .append('\n');
        }
        if (names != matrix.rows().size()) {
            text.append("two rows have one name: ")
                    .append(matrix.rows().stream().map(Matrix.Row::title).toList());
        }
        return text.toString();
    }
}
