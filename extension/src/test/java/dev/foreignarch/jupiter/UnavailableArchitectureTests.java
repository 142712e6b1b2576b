package dev.foreignarch.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.skippedWithReason;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.emulation.ArchitectureUnavailableException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.testcontainers.containers.GenericContainer;

/** Architectures that can't run, and hosts that can't be asked. */
@ExtendWith(Journal.class)
class UnavailableArchitectureTests {

    private static final String DIAGNOSIS = "Programs for s390x can't run here: no emulator is registered.\n"
            + "  seen: an empty table\n  remedy: register one";

    private final FakeHost host = new FakeHost();

    @ExtendWith(FakeHost.Installation.class)
    @ForeignArch({"arm64v8", "linux/s390x"})
    static class MatrixTestCase {

        @ForeignContainer("redis:7")
        static GenericContainer<?> shared;

        @ForeignContainer("redis:7")
        GenericContainer<?> own;

        @Test
        void plain() {
            assertThat(shared.getContainerId()).isNotNull();
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void parameterized(int number) {}

        @TestFactory
        Stream<DynamicTest> factory() {
            return Stream.of(dynamicTest("dynamic", () -> {}));
        }

        @Nested
        class Inner {
            @Test
            void nested() {}
        }
    }

    @Test
    void eachTestFailsOfAnUnavailableArchitecture() {
        EngineExecutionResults results = host.without(Architecture.S390X).run(MatrixTestCase.class);

        results.testEvents().assertStatistics(count -> count.succeeded(5).skipped(0));
        assertThat(results.allEvents()
                        .failed()
                        .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                                .getThrowable()
                                .orElseThrow()))
                .hasSize(5)
                .allSatisfy(failure -> assertThat(failure)
                        .isInstanceOf(ArchitectureUnavailableException.class)
                        .hasMessage(DIAGNOSIS)
                        .hasNoSuppressedExceptions());
        assertThat(Journal.linesStartingWith("start")).allMatch(line -> line.endsWith("arm64v8"));
    }

    @Test
    void eachTestIsSkippedWhereTheUserWantsThat() {
        EngineExecutionResults results = host.without(Architecture.S390X)
                .withParameter(ForeignArchParameters.UNAVAILABLE, "skip")
                .run(MatrixTestCase.class);

        results.testEvents().assertStatistics(count -> count.succeeded(5).failed(0));
        results.allEvents()
                .skipped()
                .assertThatEvents()
                .hasSize(5)
                .are(event(skippedWithReason("linux/s390x: " + DIAGNOSIS)));
        assertThat(Journal.linesStartingWith("start")).allMatch(line -> line.endsWith("arm64v8"));
    }

    @ExtendWith(FakeHost.Installation.class)
    static class MethodsTestCase {

        @Test
        @ForeignArch("s390x")
        void one() {}

        @ForeignArchTest({"arm64v8", "s390x"})
        void many() {}
    }

    @ExtendWith(FakeHost.Installation.class)
    @TestInstance(Lifecycle.PER_CLASS)
    static class PerClassTestCase extends MethodsTestCase {}

    @ParameterizedTest
    @ValueSource(classes = {MethodsTestCase.class, PerClassTestCase.class})
    void methodsFailAndAreSkippedInTheSameWay(Class<?> testCase) {
        host.without(Architecture.S390X);

        EngineExecutionResults results = host.run(testCase);
        results.testEvents().assertStatistics(count -> count.succeeded(1).failed(2));
        assertThat(FailureTests.failures(results))
                .allSatisfy(failure -> assertThat(failure)
                        .isInstanceOf(ArchitectureUnavailableException.class)
                        .hasMessage(DIAGNOSIS));

        EngineExecutionResults skipping =
                host.withParameter(ForeignArchParameters.UNAVAILABLE, "skip").run(testCase);
        skipping.testEvents()
                .assertStatistics(count -> count.succeeded(1).failed(0).skipped(2));
        skipping.testEvents().skipped().assertThatEvents().are(event(skippedWithReason("s390x: " + DIAGNOSIS)));
    }

    @ExtendWith(FakeHost.Installation.class)
    @ForeignArch({"arm64v8", "s390x"})
    static class ConstructorTestCase {

        ConstructorTestCase(@ForeignContainer("redis:7") GenericContainer<?> redis) {
            assertThat(redis.getContainerId()).isNotNull();
        }

        @Test
        void test() {}
    }

    @ExtendWith(FakeHost.Installation.class)
    static class MethodConstructorTestCase {

        MethodConstructorTestCase(@ForeignContainer("redis:7") GenericContainer<?> redis) {
            assertThat(redis.getContainerId()).isNotNull();
        }

        @ForeignArchTest({"arm64v8", "s390x"})
        void test() {}
    }

    @ParameterizedTest
    @ValueSource(classes = {ConstructorTestCase.class, MethodConstructorTestCase.class})
    void aConstructorIsNotCalledInVain(Class<?> testCase) {
        host.without(Architecture.S390X);

        EngineExecutionResults results = host.run(testCase);
        results.testEvents().assertStatistics(count -> count.succeeded(1).failed(1));
        assertThat(FailureTests.failures(results))
                .singleElement()
                .satisfies(failure -> assertThat(failure)
                        .isInstanceOf(ArchitectureUnavailableException.class)
                        .hasMessage(DIAGNOSIS));

        // JUnit makes the instance before it asks any condition, so that such a test can only be aborted.
        host.withParameter(ForeignArchParameters.UNAVAILABLE, "skip")
                .run(testCase)
                .testEvents()
                .assertStatistics(count -> count.succeeded(1).failed(0).aborted(1));
        assertThat(Journal.linesStartingWith("start")).allMatch(line -> line.endsWith("arm64v8"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fail", "skip"})
    void eachTestFailsWhenTheHostCannotBeAsked(String unavailable) {
        IllegalStateException failure = new IllegalStateException("there is no engine");

        EngineExecutionResults results = host.failingWith(failure)
                .withParameter(ForeignArchParameters.UNAVAILABLE, unavailable)
                .run(MethodsTestCase.class);

        assertThat(FailureTests.failures(results)).hasSize(3).allMatch(failure::equals);
        assertThat(Journal.linesStartingWith("prepare")).hasSize(2);
    }

    @Test
    void theHostIsAskedOnceForAnArchitecture() {
        host.run(MethodsTestCase.class);

        assertThat(Journal.linesStartingWith("prepare"))
                .containsAnyOf("prepare [arm64v8, s390x]", "prepare [s390x]")
                .hasSizeLessThanOrEqualTo(2);
    }
}
