package dev.foreignarch.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.testcontainers.containers.GenericContainer;

/** Tests that run at the same time. */
@ExtendWith(Journal.class)
class ConcurrencyTests {

    private final FakeHost host = new FakeHost()
            .withParameter("junit.jupiter.execution.parallel.enabled", "true")
            .withParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
            .withParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "4");

    private static void assertFailures(EngineExecutionResults results, Class<?> testCase, int tests, String fault) {
        results.testEvents().assertStatistics(count -> count.started(tests).failed(tests));
        assertThat(Journal.linesStartingWith("start")).isEmpty();
        assertThat(results.testEvents()
                        .failed()
                        .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                                .getThrowable()
                                .orElseThrow()))
                .hasSize(tests)
                .allSatisfy(failure -> assertThat(failure)
                        .hasMessage(testCase.getName() + " is refused by ForeignArch:\n  * " + fault));
    }

    @Test
    void architecturesMayRunAtTheSameTime() {
        host.run(ConcurrentTestCase.class)
                .testEvents()
                .assertStatistics(count -> count.started(4).succeeded(4));

        assertThat(Journal.linesStartingWith("prepare")).hasSize(1);
        assertThat(Journal.linesStartingWith("stop"))
                .containsExactlyInAnyOrder(
                        "stop redis:7 on arm64v8",
                        "stop redis:7 on arm64v8",
                        "stop redis:7 on s390x",
                        "stop redis:7 on s390x");
    }

    @ExtendWith(FakeHost.Installation.class)
    @ForeignArch({"arm64v8", "s390x"})
    @Execution(ExecutionMode.CONCURRENT)
    static class ConcurrentTestCase {

        private static final CyclicBarrier ALL_AT_ONCE = new CyclicBarrier(4);

        @ForeignContainer("redis:7")
        GenericContainer<?> redis;

        @Test
        void one() throws Exception {
            ALL_AT_ONCE.await(10, TimeUnit.SECONDS);
            assertThat(redis.getContainerId()).isNotNull();
        }

        @Test
        void two() throws Exception {
            one();
        }
    }

    @Test
    void aStaticFieldCannotServeArchitecturesAtTheSameTime() {
        assertFailures(
                host.run(StaticTestCase.class),
                StaticTestCase.class,
                2,
                "@ForeignContainer(\"redis:7\") on field redis of StaticTestCase: the field is static, and the tests run"
                        + " on several architectures at the same time. Add @Execution(ExecutionMode.SAME_THREAD) to the"
                        + " class, or remove static, which gives each test a container of its own.");
    }

    @ExtendWith(FakeHost.Installation.class)
    @ForeignArch({"arm64v8", "s390x"})
    @Execution(ExecutionMode.CONCURRENT)
    static class StaticTestCase {

        @ForeignContainer("redis:7")
        static GenericContainer<?> redis;

        @Test
        void test() {
            Journal.note("test on " + ((FakeContainer) redis).place());
        }
    }

    @Test
    void aStaticFieldServesOneArchitectureWhoseTestsRunAtTheSameTime() {
        host.withParameter(ForeignArchParameters.ONLY, "s390x")
                .run(StaticTestCase.class)
                .testEvents()
                .assertStatistics(count -> count.started(1).succeeded(1));

        assertThat(Journal.linesStartingWith("test")).containsExactly("test on s390x");
    }

    @Test
    void aStaticFieldServesConcurrentClassesWhoseArchitecturesComeOneAfterTheOther() {
        host.withParameter("junit.jupiter.execution.parallel.mode.classes.default", "concurrent")
                .run(SequentialTestCase.class)
                .testEvents()
                .assertStatistics(count -> count.started(2).succeeded(2));
    }

    @ExtendWith(FakeHost.Installation.class)
    @ForeignArch({"arm64v8", "s390x"})
    static class SequentialTestCase {

        @ForeignContainer("redis:7")
        static GenericContainer<?> redis;

        @Test
        void test() {
            assertThat(redis.getContainerId()).isNotNull();
        }
    }

    @Test
    void theDefaultOfARunCountsToo() {
        assertFailures(
                host.withParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
                        .run(SequentialTestCase.class),
                SequentialTestCase.class,
                2,
                "@ForeignContainer(\"redis:7\") on field redis of SequentialTestCase: the field is static, and the tests"
                        + " run on several architectures at the same time. Add @Execution(ExecutionMode.SAME_THREAD) to"
                        + " the class, or remove static, which gives each test a container of its own.");
    }

    @Test
    void oneInstanceCannotServeTestsAtTheSameTime() {
        assertFailures(
                host.run(PerClassTestCase.class),
                PerClassTestCase.class,
                2,
                "@ForeignContainer(\"redis:7\") on field redis of PerClassTestCase: all tests share one instance"
                        + " (Lifecycle.PER_CLASS) and run at the same time, so that they would take each other's"
                        + " container. Add @Execution(ExecutionMode.SAME_THREAD) to the class, or take the container as"
                        + " a parameter of the test.");
    }

    @ExtendWith(FakeHost.Installation.class)
    @ForeignArch("s390x")
    @TestInstance(Lifecycle.PER_CLASS)
    @Execution(ExecutionMode.CONCURRENT)
    static class PerClassTestCase {

        @ForeignContainer("redis:7")
        GenericContainer<?> redis;

        @Test
        void one() {}

        @Test
        void two() {}
    }
}
