package dev.foreignarch.jvm;

import dev.foreignarch.jupiter.ReportKeys;
import dev.foreignarch.jvm.wire.Event;
import dev.foreignarch.jvm.wire.SentThrowable;
import dev.foreignarch.jvm.wire.TestNode;
import dev.foreignarch.jvm.wire.ThrowableRestorer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.platform.commons.JUnitException;
import org.junit.platform.engine.EngineExecutionListener;
import org.junit.platform.engine.ExecutionRequest;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.reporting.FileEntry;
import org.junit.platform.engine.reporting.ReportEntry;

/** Reports here what happens to a class on one architecture. Everything starts and ends at most once. */
final class Replay {

    private final ArchitectureMirror root;
    private final ForeignIds ids;
    private final ExecutionRequest request;
    private final EngineExecutionListener listener;
    private final List<Mirror> leaves;
    private final Map<UniqueId, TestDescriptor> known = new HashMap<>();
    private final Set<TestDescriptor> running = new LinkedHashSet<>();
    private final Set<TestDescriptor> ended = new HashSet<>();
    private Optional<TestExecutionResult> rootFailure = Optional.empty();
    private String where;

    Replay(ArchitectureMirror root, ExecutionRequest request) {
        this.root = root;
        this.ids = new ForeignIds(root.getUniqueId(), root.foreignRoots());
        this.request = request;
        this.listener = request.getEngineExecutionListener();
        this.where = root.spec().name();
        this.leaves = root.leaves();
        root.accept(descriptor -> known.put(descriptor.getUniqueId(), descriptor));
    }

    /** Say where the tests run, for reports and for the notes beside failures. */
    void where(String description) {
        where = root.spec().name() + " (" + description + ")";
        start(root);
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put(ReportKeys.ARCHITECTURE, root.spec().architecture().dockerName());
        entries.put(ReportKeys.PLATFORM, root.spec().architecture().platform().toString());
        entries.put(ReportKeys.VERDICT, description);
        listener.reportingEntryPublished(root, ReportEntry.from(entries));
    }

    /** Take what the foreign JVM tells. */
    void take(Event event) {
        if (event instanceof Event.Output output) {
            print(output);
        } else if (event instanceof Event.Registered registered) {
            register(registered.node());
        } else if (event instanceof Event.Started started) {
            find(started.id()).ifPresent(this::start);
        } else if (event instanceof Event.Skipped skipped) {
            find(skipped.id()).ifPresent(descriptor -> skip(descriptor, skipped));
        } else if (event instanceof Event.Finished finished) {
            finish(finished);
        } else if (event instanceof Event.Reported reported) {
            find(reported.id())
                    .ifPresent(descriptor ->
                            listener.reportingEntryPublished(descriptor, ReportEntry.from(reported.values())));
        } else if (event instanceof Event.Published published) {
            find(published.id()).ifPresent(descriptor -> publish(descriptor, published));
        }
    }

    private static void print(Event.Output output) {
        PrintStream stream = output.toStderr() ? System.err : System.out;
        stream.write(output.content(), 0, output.content().length);
        stream.flush();
    }

    private Optional<TestDescriptor> find(String foreignId) {
        return ids.here(foreignId).flatMap(id -> Optional.ofNullable(known.get(id)));
    }

    private void register(TestNode node) {
        ids.here(node.id())
                .filter(id -> !known.containsKey(id))
                .ifPresent(id -> find(node.parent()).ifPresent(parent -> {
                    Mirror mirror = Mirror.of(node, id, root.spec().name(), ids.isInRun(node.id()));
                    parent.addChild(mirror);
                    known.put(id, mirror);
                    listener.dynamicTestRegistered(mirror);
                }));
    }

    private void start(TestDescriptor descriptor) {
        if (!running.contains(descriptor) && !ended.contains(descriptor)) {
            running.add(descriptor);
            listener.executionStarted(descriptor);
        }
    }

    /** The class has started here before its JVM could say that it does not run there: its tests are skipped instead. */
    private void skip(TestDescriptor descriptor, Event.Skipped skipped) {
        if (descriptor == root) {
            pending().stream()
                    .filter(leaf -> ids.areOfOneEngine(leaf.foreignId(), skipped.id()))
                    .forEach(leaf -> skipAlone(leaf, skipped.reason()));
        } else {
            skip(descriptor, skipped.reason());
        }
    }

    private void skipAlone(Mirror leaf, String reason) {
        startParents(leaf);
        skip(leaf, reason);
    }

    private void skip(TestDescriptor descriptor, String reason) {
        if (!running.contains(descriptor) && ended.add(descriptor)) {
            listener.executionSkipped(descriptor, reason);
        }
    }

    private void finish(Event.Finished finished) {
        Optional<TestDescriptor> found = find(finished.id()).filter(descriptor -> descriptor != root);
        if (found.isPresent()) {
            end(found.get(), result(finished));
        } else if (finished.outcome() != Event.Outcome.SUCCESSFUL) {
            failRoot(result(finished));
        }
    }

    private TestExecutionResult result(Event.Finished finished) {
        Throwable throwable =
                finished.failure().map(ThrowableRestorer::restore).orElseGet(() -> unsaid(finished.outcome()));
        return switch (finished.outcome()) {
            case SUCCESSFUL -> TestExecutionResult.successful();
            case ABORTED -> TestExecutionResult.aborted(throwable);
            case FAILED -> failed(throwable);
        };
    }

    /** Engines other than Jupiter may leave out the reason. */
    private static Throwable unsaid(Event.Outcome outcome) {
        return new JUnitException("The foreign JVM says that this was "
                + outcome.name().toLowerCase(Locale.ROOT) + ", but not why: nothing was thrown.");
    }

    private TestExecutionResult failed(Throwable throwable) {
        throwable.addSuppressed(new JvmNote(where));
        return TestExecutionResult.failed(throwable);
    }

    /** Fail the class as a whole: JUnit could not run it. */
    void fail(SentThrowable failure) {
        failRoot(failed(ThrowableRestorer.restore(failure)));
    }

    private void failRoot(TestExecutionResult result) {
        if (rootFailure.isEmpty()) {
            rootFailure = Optional.of(result);
        }
    }

    /** End a test or container that was not reported as ended yet. */
    void end(TestDescriptor descriptor, TestExecutionResult result) {
        if (ended.contains(descriptor)) {
            return;
        }
        start(descriptor);
        running.remove(descriptor);
        ended.add(descriptor);
        listener.executionFinished(descriptor, result);
    }

    /** Fail or skip everything that has not run, test by test: each counts in a report. */
    void endAll(Throwable failure, boolean asSkipped) {
        start(root);
        for (Mirror leaf : pending()) {
            if (asSkipped) {
                skipAlone(leaf, String.valueOf(failure.getMessage()));
            } else {
                startParents(leaf);
                end(leaf, TestExecutionResult.failed(failure));
            }
        }
    }

    private void startParents(TestDescriptor descriptor) {
        List<TestDescriptor> parents = new ArrayList<>();
        Optional<TestDescriptor> parent = descriptor.getParent();
        while (parent.isPresent() && parent.get() != root) {
            parents.add(0, parent.get());
            parent = parent.get().getParent();
        }
        parents.forEach(this::start);
    }

    /** Return what has not ended, in a container that has not ended. */
    List<Mirror> pending() {
        return leaves.stream().filter(leaf -> !hasEnded(leaf)).toList();
    }

    private boolean hasEnded(TestDescriptor descriptor) {
        return ended.contains(descriptor)
                || descriptor
                        .getParent()
                        .filter(parent -> parent != root)
                        .filter(this::hasEnded)
                        .isPresent()
                || ended.contains(root);
    }

    /** Return whether anything below the class has started, or was skipped. */
    boolean hasBegunTests() {
        return Stream.concat(running.stream(), ended.stream()).anyMatch(descriptor -> descriptor != root);
    }

    /** Return whether a failure of the class as a whole keeps what is left from running. */
    boolean hasFailedAsAWhole() {
        return rootFailure.isPresent() || ended.contains(root);
    }

    /**
     * Return what runs right now, the innermost.
     *
     * @return a test, or the container whose own code runs, or nothing
     */
    Optional<TestDescriptor> innermostRunning() {
        return running.stream()
                .filter(descriptor -> descriptor.getChildren().stream().noneMatch(running::contains))
                .reduce((earlier, later) -> later);
    }

    /** Return whether a test was started and has not ended. */
    boolean isTestRunning() {
        return running.stream().anyMatch(TestDescriptor::isTest);
    }

    /** Blame the running test for what made JUnit give up, such as an exhausted memory. */
    void blame(SentThrowable failure) {
        Throwable throwable = ThrowableRestorer.restore(failure);
        throwable.addSuppressed(new JvmNote(where));
        blame(throwable);
    }

    /** Blame the death of the JVM on what was running. */
    void blame(Throwable failure) {
        List<TestDescriptor> tests =
                running.stream().filter(descriptor -> !descriptor.isContainer()).toList();
        if (tests.isEmpty()) {
            TestDescriptor culprit = innermostRunning().orElse(root);
            if (culprit == root) {
                failRoot(TestExecutionResult.failed(failure));
            } else {
                end(culprit, TestExecutionResult.failed(failure));
            }
        } else {
            tests.forEach(test -> end(test, TestExecutionResult.failed(failure)));
        }
        endBroken(failure);
    }

    /** A template whose invocations are known only while it runs can't be resumed: its other invocations are lost. */
    private void endBroken(Throwable failure) {
        List<TestDescriptor> deepestFirst = new ArrayList<>(running);
        Collections.reverse(deepestFirst);
        for (TestDescriptor descriptor : deepestFirst) {
            if (descriptor != root && isTemplate(descriptor)) {
                end(
                        descriptor,
                        TestExecutionResult.failed(new ForeignJvmDiedException(
                                "What was left of it did not run, because the foreign JVM died: "
                                        + String.valueOf(failure.getMessage())
                                                .lines()
                                                .findFirst()
                                                .orElse(""))));
            }
        }
    }

    private boolean isTemplate(TestDescriptor descriptor) {
        return leaves.stream().noneMatch(leaf -> leaf != descriptor && isBelow(leaf, descriptor));
    }

    private static boolean isBelow(TestDescriptor descriptor, TestDescriptor ancestor) {
        return descriptor.getUniqueId().hasPrefix(ancestor.getUniqueId());
    }

    /** End the containers whose parts have all ended. */
    void close() {
        List<TestDescriptor> deepestFirst = new ArrayList<>(running);
        Collections.reverse(deepestFirst);
        deepestFirst.stream()
                .filter(descriptor -> descriptor != root)
                .forEach(descriptor ->
                        end(descriptor, descriptor.isTest() ? noResult() : TestExecutionResult.successful()));
        if (!ended.contains(root)) {
            end(root, rootFailure.orElseGet(TestExecutionResult::successful));
        }
    }

    private static TestExecutionResult noResult() {
        return TestExecutionResult.failed(
                new JUnitException("The foreign JVM told of this test's start, but not of its end."));
    }

    /** Publish a file beside a test. A report is no reason to fail: what can't be written is printed instead. */
    void publish(TestDescriptor descriptor, Event.Published file) {
        try {
            Path directory = request.getOutputDirectoryCreator().createOutputDirectory(descriptor);
            Path path = directory.resolve(Path.of(file.name()).getFileName());
            Files.write(path, file.content());
            listener.fileEntryPublished(descriptor, FileEntry.from(path, file.mediaType()));
        } catch (IOException | RuntimeException refused) {
            System.err.println("The file " + file.name() + " of " + descriptor.getDisplayName() + " on "
                    + root.spec().name() + " can't be kept: " + refused);
        }
    }
}
