package dev.foreignarch.report;

import dev.foreignarch.jupiter.ReportKeys;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.ConfigurationParameters;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.reporting.FileEntry;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Makes a {@link CellResult} of each test that ran on an architecture, or would have, and of each class and template:
 * that one passed matters where it failed before.
 */
final class CellListener implements TestExecutionListener {

    /** The words of a failure or a log that are worth reading are few, and a table with hundreds of them is to open. */
    private static final int LONGEST_TEXT = 20_000;

    /** No {@code char} takes more bytes of UTF-8. */
    private static final int MOST_BYTES = 3;

    /** What a result has a place of its own for. */
    private static final Set<String> NO_FACTS = Set.of(ReportKeys.VERDICT, ReportKeys.MARKS);

    /** What all annotations of ForeignArch tag their tests with. */
    private static final String TAG = "foreign-arch";

    private final String module;
    private final Consumer<TestPlan> beginning;
    private final BiConsumer<ConfigurationParameters, CellResult> results;
    private final Map<UniqueId, Long> starts = new ConcurrentHashMap<>();
    private final Map<UniqueId, Map<String, String>> entries = new ConcurrentHashMap<>();
    private final Map<UniqueId, List<Attachment>> attachments = new ConcurrentHashMap<>();

    private @Nullable TestPlan plan;

    /**
     * Make a listener.
     *
     * @param module name of the module that the tests are of
     * @param beginning hears of a run that has tests with architectures, before them
     * @param results hears of each result
     */
    CellListener(String module, Consumer<TestPlan> beginning, BiConsumer<ConfigurationParameters, CellResult> results) {
        this.module = module;
        this.beginning = beginning;
        this.results = results;
    }

    @Override
    public void testPlanExecutionStarted(TestPlan started) {
        plan = started;
        if (started.countTestIdentifiers(test -> test.getTags().contains(TestTag.create(TAG))) > 0) {
            beginning.accept(started);
        }
    }

    @Override
    public void testPlanExecutionFinished(TestPlan finished) {
        plan = null;
        starts.clear();
        entries.clear();
        attachments.clear();
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        starts.put(test.getUniqueIdObject(), System.nanoTime());
    }

    @Override
    public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
        entry.getKeyValuePairs().forEach((key, value) -> {
            if (key.startsWith(ReportKeys.PREFIX)) {
                entries.computeIfAbsent(test.getUniqueIdObject(), any -> new ConcurrentHashMap<>())
                        .merge(
                                key,
                                value,
                                key.equals(ReportKeys.MARKS) ? CellListener::lines : (old, latest) -> latest);
            }
        });
    }

    private static String lines(String first, String next) {
        return first + "\n" + next;
    }

    @Override
    public void fileEntryPublished(TestIdentifier test, FileEntry file) {
        attachments
                .computeIfAbsent(test.getUniqueIdObject(), any -> new CopyOnWriteArrayList<>())
                .add(new Attachment(file.getPath().toAbsolutePath().toString(), end(file)));
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        add(test, Outcome.SKIPPED, Duration.ZERO, reason);
        if (test.isContainer()) {
            plan().getDescendants(test).stream()
                    .filter(TestIdentifier::isTest)
                    .forEach(below -> add(below, Outcome.SKIPPED, Duration.ZERO, reason));
        }
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        Duration duration = Optional.ofNullable(starts.remove(test.getUniqueIdObject()))
                .map(start -> Duration.ofNanos(System.nanoTime() - start))
                .orElse(Duration.ZERO);
        Outcome outcome = switch (result.getStatus()) {
            case SUCCESSFUL -> Outcome.PASSED;
            case FAILED -> Outcome.FAILED;
            case ABORTED -> Outcome.SKIPPED;
        };
        String reason = result.getThrowable()
                .map(failure -> result.getStatus() == Status.FAILED
                        ? shortened(trace(failure))
                        : Objects.requireNonNullElse(failure.getMessage(), failure.toString()))
                .orElse("");
        add(test, outcome, duration, reason);
        entries.remove(test.getUniqueIdObject());
        attachments.remove(test.getUniqueIdObject());
    }

    private void add(TestIdentifier test, Outcome outcome, Duration duration, String reason) {
        Map<String, String> known = entriesOf(test);
        List<String> facts = known.entrySet().stream()
                .filter(entry -> !NO_FACTS.contains(entry.getKey()))
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getKey().substring(ReportKeys.PREFIX.length()) + ": " + entry.getValue())
                .toList();
        List<Attachment> files = List.copyOf(attachments.getOrDefault(test.getUniqueIdObject(), List.of()));
        new CellFinder(plan())
                .find(test)
                .forEach(address -> results.accept(
                        plan().getConfigurationParameters(),
                        new CellResult(
                                module,
                                address,
                                known.getOrDefault(ReportKeys.VERDICT, ""),
                                outcome,
                                duration,
                                reason,
                                facts,
                                marksOf(test),
                                files)));
    }

    /** Return what is to be remarked on a test, and on what it belongs to. */
    private List<String> marksOf(TestIdentifier test) {
        Set<String> marks = new LinkedHashSet<>();
        for (Optional<TestIdentifier> node = Optional.of(test); node.isPresent(); node = plan().getParent(node.get())) {
            entries.getOrDefault(node.get().getUniqueIdObject(), Map.of())
                    .getOrDefault(ReportKeys.MARKS, "")
                    .lines()
                    .forEach(marks::add);
        }
        return List.copyOf(marks);
    }

    /** Return what was told of a test or of what it belongs to; the nearest counts. */
    private Map<String, String> entriesOf(TestIdentifier test) {
        Map<String, String> known = new HashMap<>();
        for (Optional<TestIdentifier> node = Optional.of(test); node.isPresent(); node = plan().getParent(node.get())) {
            entries.getOrDefault(node.get().getUniqueIdObject(), Map.of()).forEach(known::putIfAbsent);
        }
        return known;
    }

    private TestPlan plan() {
        return Objects.requireNonNull(plan, "tests are reported within a run");
    }

    private static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "\n… (cut)";
    }

    /** A report is no reason to fail: what can't be read is said in its place. */
    private static String end(FileEntry file) {
        boolean text = file.getMediaType().map(type -> type.startsWith("text/")).orElse(false);
        if (!text) {
            return "";
        }
        try {
            return Uninterrupted.call(() -> end(file.getPath()));
        } catch (IOException unreadable) {
            return "can't be read: " + unreadable;
        }
    }

    /** A log may be large, and of any encoding. */
    private static String end(Path path) throws IOException {
        try (SeekableByteChannel file = Files.newByteChannel(path)) {
            long left = Math.max(0, file.size() - (long) LONGEST_TEXT * MOST_BYTES);
            file.position(left);
            String end = new String(Channels.newInputStream(file).readAllBytes(), StandardCharsets.UTF_8);
            int cut = Math.max(0, end.length() - LONGEST_TEXT);
            return left == 0 && cut == 0 ? end : "(cut) …\n" + end.substring(cut);
        }
    }
}
