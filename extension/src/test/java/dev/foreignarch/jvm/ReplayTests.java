package dev.foreignarch.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.jupiter.ForeignArch;
import dev.foreignarch.jupiter.ForeignJvm;
import dev.foreignarch.jvm.launch.JvmSpec;
import dev.foreignarch.jvm.wire.Event;
import dev.foreignarch.jvm.wire.TestNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.ConfigurationParameters;
import org.junit.platform.engine.EngineExecutionListener;
import org.junit.platform.engine.ExecutionRequest;
import org.junit.platform.engine.OutputDirectoryCreator;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.store.NamespacedHierarchicalStore;

/** What a foreign JVM tells is reported here, whatever engine ran the tests there. */
class ReplayTests {

    private static final UniqueId CLASS = UniqueId.forEngine(ForeignJvmEngine.ID);
    private static final UniqueId JUPITER = UniqueId.parse("[engine:junit-jupiter]/[class-template:A]");
    private static final UniqueId OTHER = UniqueId.parse("[engine:other]/[class:A]");

    private final List<String> reports = new ArrayList<>();
    private final Replay replay = replay();

    @Test
    void aFailureWithoutAThrowableIsNoSuccess() {
        replay.take(new Event.Started(JUPITER.append("method", "a") + ""));
        replay.take(new Event.Finished(JUPITER.append("method", "a") + "", Event.Outcome.FAILED, Optional.empty()));
        replay.take(new Event.Finished(OTHER.append("method", "b") + "", Event.Outcome.ABORTED, Optional.empty()));
        replay.close();

        assertThat(reports)
                .containsExactly(
                        "started a",
                        "a FAILED The foreign JVM says that this was failed, but not why: nothing was thrown.",
                        "started b",
                        "b ABORTED The foreign JVM says that this was aborted, but not why: nothing was thrown.",
                        "started s390x",
                        "s390x SUCCESSFUL");
    }

    @Test
    void aClassThatFailsWithoutAThrowableFails() {
        replay.take(new Event.Finished(JUPITER + "", Event.Outcome.FAILED, Optional.empty()));
        replay.close();

        assertThat(reports)
                .containsExactly(
                        "started s390x",
                        "s390x FAILED The foreign JVM says that this was failed, but not why: nothing was thrown.");
    }

    @Test
    void aSkippedClassSkipsItsTestsOfThatEngine() {
        replay.where("a fake");
        replay.take(new Event.Skipped(JUPITER.append("class-template-invocation", "#1") + "", "not here"));

        assertThat(reports).containsExactly("started s390x", "skipped a: not here");
        assertThat(replay.pending()).extracting(Mirror::getDisplayName).containsExactly("b");
    }

    private Replay replay() {
        ArchitectureMirror mirror = new ArchitectureMirror(
                CLASS, ForeignClass.of(PlainTestCase.class).orElseThrow(), spec(), Set.of());
        mirror.addChild(test(JUPITER, "a"));
        mirror.discovered(JUPITER, true);
        mirror.addChild(test(OTHER, "b"));
        mirror.discovered(OTHER, true);
        return new Replay(
                mirror,
                ExecutionRequest.create(
                        mirror,
                        new Reports(),
                        new NoParameters(),
                        new NoDirectories(),
                        new NamespacedHierarchicalStore<>(null)));
    }

    private static Mirror test(UniqueId foreignRoot, String name) {
        return Mirror.of(
                new TestNode(
                        foreignRoot.append("method", name).toString(),
                        foreignRoot.toString(),
                        name,
                        name,
                        TestDescriptor.Type.TEST,
                        List.of(),
                        Optional.empty()),
                CLASS.append("method", name),
                "s390x",
                false);
    }

    private static JvmSpec spec() {
        return new JvmSpec(
                Architecture.S390X, "s390x", Optional.empty(), List.of(), Map.of(), List.of(), Optional.empty(), false);
    }

    private static final class NoDirectories implements OutputDirectoryCreator {
        @Override
        public Path getRootDirectory() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Path createOutputDirectory(TestDescriptor test) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class NoParameters implements ConfigurationParameters {
        @Override
        public Optional<String> get(String key) {
            return Optional.empty();
        }

        @Override
        public Optional<Boolean> getBoolean(String key) {
            return Optional.empty();
        }

        @Override
        @SuppressWarnings("deprecation") // It is abstract all the same.
        public int size() {
            return 0;
        }

        @Override
        public Set<String> keySet() {
            return Set.of();
        }
    }

    private final class Reports implements EngineExecutionListener {
        @Override
        public void executionStarted(TestDescriptor test) {
            reports.add("started " + test.getDisplayName());
        }

        @Override
        public void executionSkipped(TestDescriptor test, String reason) {
            reports.add("skipped " + test.getDisplayName() + ": " + reason);
        }

        @Override
        public void executionFinished(TestDescriptor test, TestExecutionResult result) {
            reports.add(test.getDisplayName() + " " + result.getStatus()
                    + result.getThrowable()
                            .map(failure -> " " + failure.getMessage())
                            .orElse(""));
        }
    }

    @ForeignArch("s390x")
    @ForeignJvm
    static class PlainTestCase {}
}
