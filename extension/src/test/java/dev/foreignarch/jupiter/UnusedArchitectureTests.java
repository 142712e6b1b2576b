package dev.foreignarch.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import com.github.dockerjava.api.command.CreateContainerCmd;
import dev.foreignarch.arch.Architecture;
import dev.foreignarch.container.ContainerBinding;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.EventType;
import org.testcontainers.containers.GenericContainer;

/** A test that has passed without using its architecture. */
class UnusedArchitectureTests {

    private final FakeHost host = new FakeHost().withParameter("foreignarch.unused", "fail");

    @Test
    void fails_and_says_what_to_write() {
        host.run(PlainTestCase.class)
                .testEvents()
                .assertStatistics(events -> events.started(2).failed(2))
                .failed()
                .assertThatEvents()
                .extracting(UnusedArchitectureTests::failure)
                .containsExactly(refusal("linux/arm/v7"), refusal("s390x"));
    }

    private static String refusal(String name) {
        return "The test passed, but nothing of it ran on " + name + ": it used no container, program or JVM of that"
                + " architecture, and did not ask which one it is on. So it says nothing about " + name + ".\n  try:"
                + " @ForeignContainer or @ForeignProgram for what is to run there; or @ForeignJvm on the class, if that is"
                + " the test's own code; or a parameter of type Architecture, if the test computes with it; or"
                + " foreignarch.unused=pass, if such tests are to pass, with a mark in the report.";
    }

    @ExtendWith(FakeHost.Installation.class)
    @ForeignArch({"linux/arm/v7", "s390x"})
    static class PlainTestCase {
        @Test
        void plain() {}
    }

    @Test
    void passes_with_a_mark_where_the_user_wants_it_so() {
        EngineExecutionResults results =
                host.withParameter("foreignarch.unused", "pass").run(PlainTestCase.class);

        results.testEvents().assertStatistics(events -> events.started(2).succeeded(2));
        assertThat(results.allEvents()
                        .reportingEntryPublished()
                        .map(event ->
                                event.getRequiredPayload(ReportEntry.class).getKeyValuePairs())
                        .filter(entries -> entries.containsKey(ReportKeys.MARKS))
                        .map(entries -> entries.get(ReportKeys.MARKS)))
                .containsExactly("nothing of it ran on linux/arm/v7", "nothing of it ran on s390x");
    }

    @Test
    void of_each_kind_counts_once_and_no_class_fails() {
        EngineExecutionResults results = host.run(KindsTestCase.class);

        assertThat(results(results))
                .containsExactlyInAnyOrder(
                        "plain() FAILED",
                        "[1] number=1 FAILED",
                        "[2] number=2 FAILED",
                        "repetition 1 of 2 FAILED",
                        "repetition 2 of 2 FAILED",
                        "made SUCCESSFUL",
                        "made too SUCCESSFUL",
                        "factory() FAILED",
                        "inner() FAILED",
                        "asks(Architecture) SUCCESSFUL",
                        "[1] number=1 SUCCESSFUL",
                        "repetition 1 of 1 SUCCESSFUL",
                        "made SUCCESSFUL",
                        "askingFactory(Architecture) SUCCESSFUL",
                        "aborted() ABORTED",
                        "fails() FAILED");
        results.allEvents()
                .failed()
                .filter(event -> event.getTestDescriptor().getDisplayName().equals("fails()"))
                .findAny()
                .ifPresent(event -> assertThat(failure(event)).isEqualTo("on its own"));
    }

    /** Those of tests and of factories; classes and templates succeed, or the list is longer. */
    private static List<String> results(EngineExecutionResults results) {
        return results.allEvents().stream()
                .filter(event -> event.getType() == EventType.FINISHED)
                .filter(event -> event.getTestDescriptor().isTest()
                        || event.getTestDescriptor()
                                .getDisplayName()
                                .toLowerCase(Locale.ROOT)
                                .contains("factory")
                        || status(event) != TestExecutionResult.Status.SUCCESSFUL)
                .map(event -> event.getTestDescriptor().getDisplayName() + " " + status(event))
                .toList();
    }

    private static TestExecutionResult.Status status(Event event) {
        return event.getRequiredPayload(TestExecutionResult.class).getStatus();
    }

    @ExtendWith(FakeHost.Installation.class)
    @ForeignArch("s390x")
    static class KindsTestCase {

        @Test
        void plain() {}

        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void parameters(int number) {}

        @RepeatedTest(2)
        void repeated() {}

        @TestFactory
        Stream<DynamicTest> factory() {
            return Stream.of(dynamicTest("made", () -> {}), dynamicTest("made too", () -> {}));
        }

        @Nested
        class Inner {
            @Test
            void inner() {}
        }

        @Test
        void asks(Architecture architecture) {}

        @ParameterizedTest
        @ValueSource(ints = 1)
        void askingParameters(int number, Architecture architecture) {}

        @RepeatedTest(1)
        void askingRepeated(Architecture architecture) {}

        @TestFactory
        Stream<DynamicTest> askingFactory(Architecture architecture) {
            return Stream.of(dynamicTest("made", () -> {}));
        }

        @Test
        void aborted() {
            Assumptions.abort();
        }

        @Test
        void fails() {
            throw new IllegalStateException("on its own");
        }

        @Test
        @Disabled
        void disabled() {}
    }

    @Test
    void does_not_fail_if_its_class_has_asked_for_the_architecture() {
        for (Class<?> testCase : List.of(
                ConstructorTestCase.class,
                BeforeEachTestCase.class,
                AfterEachTestCase.class,
                BeforeAllTestCase.class,
                SharedInstanceTestCase.class,
                OuterTestCase.class)) {
            host.run(testCase)
                    .testEvents()
                    .assertStatistics(events -> events.started(2).succeeded(2));
        }
    }

    @ExtendWith(FakeHost.Installation.class)
    @ForeignArch({"arm32v7", "s390x"})
    static class ConstructorTestCase {
        ConstructorTestCase(Architecture architecture) {}

        @Test
        void plain() {}
    }

    @ExtendWith(FakeHost.Installation.class)
    @ForeignArch({"arm32v7", "s390x"})
    @TestInstance(Lifecycle.PER_CLASS)
    static class BeforeEachTestCase {
        @BeforeEach
        void begin(Architecture architecture) {}

        @Test
        void plain() {}
    }

    @ExtendWith(FakeHost.Installation.class)
    @ForeignArch({"arm32v7", "s390x"})
    static class AfterEachTestCase {
        @Test
        void plain() {}

        @AfterEach
        void end(Architecture architecture) {}
    }

    @ExtendWith(FakeHost.Installation.class)
    @ForeignArch("s390x")
    static class BeforeAllTestCase {
        @BeforeAll
        static void begin(Architecture architecture) {}

        @Test
        void plain() {}

        @Nested
        class Inner {
            @Test
            void plain() {}
        }
    }

    @ExtendWith(FakeHost.Installation.class)
    @ForeignArch("s390x")
    @TestInstance(Lifecycle.PER_CLASS)
    static class SharedInstanceTestCase {
        SharedInstanceTestCase(Architecture architecture) {}

        @Test
        void one() {}

        @Test
        void two() {}
    }

    @ExtendWith(FakeHost.Installation.class)
    @ForeignArch({"arm32v7", "s390x"})
    static class OuterTestCase {
        @BeforeEach
        void begin(Architecture architecture) {}

        @Nested
        class Inner {
            @Test
            void plain() {}
        }
    }

    @Test
    void fails_beside_one_that_has_asked() {
        assertThat(results(host.run(BesideTestCase.class)))
                .containsExactlyInAnyOrder(
                        "asks(Architecture) SUCCESSFUL",
                        "plain() FAILED",
                        "asks(Architecture) SUCCESSFUL",
                        "plain() FAILED");
    }

    @ExtendWith(FakeHost.Installation.class)
    @ForeignArch({"arm32v7", "s390x"})
    @TestInstance(Lifecycle.PER_CLASS)
    static class BesideTestCase {
        @Test
        void asks(Architecture architecture) {}

        @Test
        void plain() {}
    }

    @Test
    void that_runs_beside_others_is_judged_by_what_it_did_itself() {
        EngineExecutionResults results = host.withParameter("junit.jupiter.execution.parallel.enabled", "true")
                .run(ConcurrentTestCase.class);

        assertThat(results(results).stream().filter(it -> it.equals("asks(Architecture) SUCCESSFUL")))
                .hasSize(4);
        assertThat(results(results).stream().filter(it -> it.equals("plain() FAILED")))
                .hasSize(4);
        assertThat(results(results)).hasSize(8);
    }

    @ExtendWith(FakeHost.Installation.class)
    @ForeignArch({"arm32v7", "s390x", "ppc64le", "riscv64"})
    @Execution(ExecutionMode.CONCURRENT)
    static class ConcurrentTestCase {
        @Test
        void asks(Architecture architecture) {}

        @Test
        void plain() {}
    }

    @Test
    void does_not_fail_if_a_container_was_up() {
        host.run(ContainersTestCase.class)
                .testEvents()
                .assertStatistics(events -> events.started(4).succeeded(4));
        host.run(StaticContainerTestCase.class)
                .testEvents()
                .assertStatistics(events -> events.started(4).succeeded(4));
    }

    @ExtendWith(FakeHost.Installation.class)
    static class ContainersTestCase {

        @ForeignArchTest({"arm32v7", "s390x"})
        void parameter(@ForeignContainer("redis:7") GenericContainer<?> redis) {}

        @Nested
        @ForeignArch({"arm32v7", "s390x"})
        class Inner {
            @ForeignContainer("redis:7")
            GenericContainer<?> redis;

            @Test
            void field() {}
        }
    }

    @ExtendWith(FakeHost.Installation.class)
    @ForeignArch({"arm32v7", "s390x"})
    static class StaticContainerTestCase {

        @ForeignContainer("redis:7")
        static GenericContainer<?> redis;

        @Test
        void untouched() {}

        @Test
        void stopped() {
            redis.stop();
        }
    }

    @Test
    void does_not_fail_if_a_pool_started_a_container_that_is_bound_to_it() {
        assertThat(results(host.run(PooledTestCase.class)))
                .containsExactlyInAnyOrder("plain() FAILED", "plain() SUCCESSFUL");
    }

    @ExtendWith({FakeHost.Installation.class, Pool.class})
    @ForeignArch({"arm32v7", "s390x"})
    static class PooledTestCase {
        @Test
        void plain() {}
    }

    /** Takes the part of a thread of which nobody knows what test it works for. */
    static final class Pool implements BeforeTestExecutionCallback {
        @Override
        public void beforeTestExecution(ExtensionContext context) {
            CreateContainerCmd create = (CreateContainerCmd) Proxy.newProxyInstance(
                    CreateContainerCmd.class.getClassLoader(),
                    new Class<?>[] {CreateContainerCmd.class},
                    (self, method, arguments) -> method.getName().equals("getLabels")
                            ? Map.of(ContainerBinding.ARCHITECTURE_LABEL, "s390x")
                            : null);
            CellUse.of(context).add(new CreatedContainer("redis:7", create, false));
        }
    }

    @Test
    void of_methods_with_architectures_fails_too() {
        host.run(MethodsTestCase.class)
                .testEvents()
                .assertStatistics(events -> events.started(4).succeeded(1).failed(3))
                .assertThatEvents()
                .haveExactly(1, finishedWithFailure(message(refusal("arm64"))));
    }

    @ExtendWith(FakeHost.Installation.class)
    static class MethodsTestCase {
        @Test
        void without() {}

        @Test
        @ForeignArch("arm64")
        void one() {}

        @ForeignArchTest({"s390x", "ppc64le"})
        void two() {}
    }

    @Test
    void on_the_architecture_of_the_jvm_itself_does_not_fail() {
        Architecture here = Architecture.of(System.getProperty("os.arch"));

        EngineExecutionResults results =
                host.withParameter("foreignarch.only", here.dockerName()).run(EverywhereTestCase.class);

        results.testEvents().assertStatistics(events -> events.started(1).succeeded(1));
    }

    @ExtendWith(FakeHost.Installation.class)
    @ForeignArch({"amd64", "arm64v8", "s390x", "ppc64le", "riscv64"})
    static class EverywhereTestCase {
        @Test
        void plain() {}
    }

    @Test
    void does_not_hide_that_a_value_has_no_meaning() {
        host.withParameter("foreignarch.unused", "ignore")
                .run(PlainTestCase.class)
                .allEvents()
                .failed()
                .assertThatEvents()
                .extracting(UnusedArchitectureTests::failure)
                .allMatch(words ->
                        words.equals("foreignarch.unused is 'ignore', but only 'fail' and 'pass' have a meaning."))
                .isNotEmpty();
    }

    private static String failure(Event event) {
        return String.valueOf(event.getRequiredPayload(TestExecutionResult.class)
                .getThrowable()
                .orElseThrow()
                .getMessage());
    }
}
