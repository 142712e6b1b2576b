package dev.foreignarch.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foreignarch.arch.Architecture;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * What JUnit says became of the tests of a suite, counted by unique IDs and by what the suite declares. Nothing here
 * knows the table, names or annotations.
 */
final class JUnitCounts implements TestExecutionListener {

    private final GeneratedClasses classes;
    private final Map<TestIdentifier, List<Outcome>> outcomes = new LinkedHashMap<>();
    private @Nullable TestPlan plan;

    JUnitCounts(GeneratedClasses classes) {
        this.classes = classes;
    }

    @Override
    public void testPlanExecutionStarted(TestPlan started) {
        plan = started;
    }

    @Override
    public synchronized void executionSkipped(TestIdentifier test, String reason) {
        add(test, Outcome.SKIPPED);
        Objects.requireNonNull(plan).getDescendants(test).stream()
                .filter(TestIdentifier::isTest)
                .forEach(below -> add(below, Outcome.SKIPPED));
    }

    @Override
    public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
        add(
                test,
                switch (result.getStatus()) {
                    case SUCCESSFUL -> Outcome.PASSED;
                    case FAILED -> Outcome.FAILED;
                    case ABORTED -> Outcome.SKIPPED;
                });
    }

    private void add(TestIdentifier test, Outcome outcome) {
        outcomes.computeIfAbsent(test, any -> new ArrayList<>()).add(outcome);
    }

    /** Return the unique IDs of what failed, as a build tool asks for it again. */
    synchronized List<String> failures() {
        return outcomes.entrySet().stream()
                .filter(entry -> entry.getKey().isTest() && last(entry.getValue()) == Outcome.FAILED)
                .map(entry -> entry.getKey().getUniqueId())
                .toList();
    }

    /** Hold that these are the numbers of JUnit's own summary of a single run. */
    synchronized void hold(TestExecutionSummary summary) {
        assertThat(outcomes.entrySet().stream().filter(entry -> entry.getKey().isTest()))
                .filteredOn(entry -> last(entry.getValue()) == Outcome.PASSED)
                .hasSize((int) summary.getTestsSucceededCount());
        assertThat(outcomes.entrySet().stream().filter(entry -> entry.getKey().isTest()))
                .filteredOn(entry -> last(entry.getValue()) == Outcome.FAILED)
                .hasSize((int) summary.getTestsFailedCount());
        assertThat(outcomes.entrySet().stream().filter(entry -> entry.getKey().isTest()))
                .filteredOn(entry -> last(entry.getValue()) == Outcome.SKIPPED)
                .hasSize((int) (summary.getTestsAbortedCount() + summary.getTestsSkippedCount()));
        assertThat(outcomes.entrySet().stream().filter(entry -> entry.getKey().isContainer()))
                .filteredOn(entry -> last(entry.getValue()) == Outcome.FAILED)
                .hasSize((int) summary.getContainersFailedCount());
    }

    /** Return the counts of tests with an architecture, and of what failed or was skipped around them. */
    synchronized Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        outcomes.forEach((test, all) -> {
            UniqueId id = test.getUniqueIdObject();
            Optional<Architecture> architecture = architecture(id);
            Outcome outcome = last(all);
            if (test.isTest() && architecture.isPresent()) {
                counts.merge(architecture.get() + " " + outcome, 1L, Long::sum);
            } else if (!test.isTest()
                    && outcome != Outcome.PASSED
                    && (architecture.isPresent()
                            || classes.isForeign(name(id.getLastSegment().getValue())))) {
                counts.merge("whole " + outcome, 1L, Long::sum);
            }
        });
        return counts;
    }

    /** A repetition counts in the place of what was before; but a failure is not made good by a test that did not run. */
    private static Outcome last(List<Outcome> all) {
        Outcome last = all.get(all.size() - 1);
        return last == Outcome.SKIPPED && all.contains(Outcome.FAILED) ? Outcome.FAILED : last;
    }

    private Optional<Architecture> architecture(UniqueId id) {
        List<UniqueId.Segment> segments = id.getSegments();
        for (int index = 1; index < segments.size(); index++) {
            String value = segments.get(index).getValue();
            List<Architecture> declared = classes.declaredBy(name(value));
            switch (segments.get(index).getType()) {
                case "architecture" -> {
                    return Optional.of(Architecture.of(value));
                }
                case "class-template-invocation", "test-template-invocation" -> {
                    List<Architecture> ofTemplate =
                            classes.declaredBy(name(segments.get(index - 1).getValue()));
                    if (!ofTemplate.isEmpty()) {
                        return Optional.of(ofTemplate.get(Integer.parseInt(value.substring(1)) - 1));
                    }
                }
                case "method", "test-factory", "test-template" -> {
                    if (declared.size() == 1) {
                        return Optional.of(declared.get(0));
                    }
                }
                default -> {}
            }
        }
        return Optional.empty();
    }

    /** Return the Java name without package, outer class or parameters. */
    private static String name(String value) {
        return value.replaceFirst("\\(.*", "").replaceFirst(".*[.$]", "");
    }
}
