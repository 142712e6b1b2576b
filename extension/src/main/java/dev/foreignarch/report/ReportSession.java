package dev.foreignarch.report;

import static org.apiguardian.api.API.Status.INTERNAL;

import dev.foreignarch.jupiter.ForeignArchParameters;
import dev.foreignarch.jupiter.InsideForeignJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.ConfigurationParameters;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.junit.platform.launcher.TestPlan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the report of a launcher session; the Platform finds it by itself.
 *
 * <p>Nothing here fails a test: a report that can't be written is a warning. But a run that has selected nothing fails as
 * a whole.
 *
 * @see ForeignArchParameters#REPORT
 */
@API(status = INTERNAL, since = "0.1")
public final class ReportSession implements LauncherSessionListener {

    private static final AtomicInteger SESSIONS = new AtomicInteger();

    private final Path module = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    private final String name = "session-" + System.currentTimeMillis() + "-" + SESSIONS.incrementAndGet();
    private @Nullable ReportDirectory directory;
    private @Nullable CellFile cells;
    private final SelectionCheck selection = new SelectionCheck();
    private boolean refused;

    /** Make a listener, for {@link java.util.ServiceLoader}. */
    public ReportSession() {}

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        // The JVM that asked a foreign one to run tests reports them.
        if (!InsideForeignJvm.isTrue()) {
            session.getLauncher()
                    .registerTestExecutionListeners(
                            new CellListener(String.valueOf(module.getFileName()), this::begin, this::add), selection);
        }
    }

    private void begin(TestPlan plan) {
        if (new CellFinder(plan).hasRepeatedClass()) {
            MergedRows.here().flatMap(MergedRows::warning).ifPresent(warning -> log().warn(warning));
        }
        begin(plan.getConfigurationParameters());
    }

    /** Take the place of this JVM among those of its build: the last of them prints the table. */
    private synchronized void begin(ConfigurationParameters parameters) {
        if (refused || cells != null) {
            return;
        }
        try {
            Optional<Path> folder = folder(parameters);
            refused = folder.isEmpty();
            if (folder.isPresent()) {
                ReportDirectory opened = ReportDirectory.of(folder.get(), name);
                cells = opened.open();
                directory = opened;
            }
        } catch (IOException | RuntimeException unwritable) {
            refuse(unwritable);
        }
    }

    private synchronized void add(ConfigurationParameters parameters, CellResult cell) {
        begin(parameters);
        if (refused || cells == null) {
            return;
        }
        try {
            cells.append(cell);
        } catch (IOException | RuntimeException unwritable) {
            refuse(unwritable);
        }
    }

    /** What is written must be all that is known: from here on this JVM writes no table, nor says that it is done. */
    private void refuse(Exception unwritable) {
        refused = true;
        directory = null;
        log().warn("The table of tests and architectures can't be written", unwritable);
    }

    /** Return the folder to write to, if there is one: where builds are unknown, nobody looks for a report. */
    private Optional<Path> folder(ConfigurationParameters parameters) {
        Optional<String> given =
                parameters.get(ForeignArchParameters.REPORT).map(String::strip).filter(value -> !value.isEmpty());
        if (given.isPresent()) {
            return given.filter(value -> !value.equals("none")).map(module::resolve);
        }
        if (Files.exists(module.resolve("pom.xml"))) {
            return Optional.of(module.resolve("target/foreignarch"));
        }
        boolean gradle =
                Files.exists(module.resolve("build.gradle")) || Files.exists(module.resolve("build.gradle.kts"));
        return gradle ? Optional.of(module.resolve("build/foreignarch")) : Optional.empty();
    }

    @Override
    public synchronized void launcherSessionClosed(LauncherSession session) {
        ReportDirectory written = directory;
        directory = null;
        cells = null;
        if (written == null) {
            selection.insistOnMatch(List.of());
        } else {
            write(written);
        }
    }

    private void write(ReportDirectory written) {
        Optional<Matrix> last;
        try {
            Optional<StepSummary> summary = Optional.ofNullable(System.getenv(StepSummary.VARIABLE))
                    .filter(value -> !value.isBlank())
                    .map(Path::of)
                    .map(StepSummary::new);
            last = written.close(summary);
        } catch (IOException | RuntimeException unwritable) {
            log().warn("The table of tests and architectures can't be written", unwritable);
            selection.insistOnMatch(List.of());
            return;
        }
        last.filter(matrix -> matrix.columns().size() > 1
                        || !matrix.marks().sentences().isEmpty())
                .ifPresent(matrix -> print(matrix, written.path()));
        // What one JVM of a build has not run, another may have: the last one knows.
        last.ifPresent(matrix -> selection.insistOnMatch(
                matrix.columns().stream().map(Matrix.Column::architecture).toList()));
    }

    /** Not a constant: an emulated JVM, which reports nothing, would need a tenth of a second to find the logger. */
    private static Logger log() {
        return LoggerFactory.getLogger(ReportSession.class);
    }

    private static void print(Matrix matrix, Path folder) {
        System.out.println();
        System.out.print(new TextMatrix(matrix).render());
        System.out.println("  " + folder.resolve("matrix.html"));
    }
}
