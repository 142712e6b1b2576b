package dev.foreignarch.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.junit.platform.testkit.engine.EventConditions.displayName;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.skippedWithReason;
import static org.junit.platform.testkit.engine.EventConditions.test;

import dev.foreignarch.arch.Architecture;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.testkit.engine.EngineExecutionResults;

/** {@code @ForeignArch} and {@code @ForeignArchTest} on a method. */
@ExtendWith(Journal.class)
class RepeatedMethodTests {

    private final FakeHost host = new FakeHost();

    @Test
    void testsOfAllKindsHaveAnArchitecture() {
        host.run(SingleTestCase.class)
                .testEvents()
                .assertStatistics(count -> count.started(10).succeeded(10));

        assertThat(Journal.linesStartingWith("test"))
                .containsExactlyInAnyOrder(
                        "test plain s390x",
                        "test meta arm32v7",
                        "test parameter 1 arm64v8",
                        "test parameter 2 arm64v8",
                        "test repeated ppc64le",
                        "test repeated ppc64le",
                        "test dynamic riscv64",
                        "test many linux/arm/v7 arm32v7",
                        "test many s390x s390x",
                        "test nested arm32v5");
    }

    @Retention(RetentionPolicy.RUNTIME)
    @Test
    @ForeignArch("arm32v7")
    @interface ArmTest {}

    @Retention(RetentionPolicy.RUNTIME)
    @ForeignArchTest({"linux/arm/v7", "s390x"})
    @interface ByteOrderTest {}

    @ExtendWith(FakeHost.Installation.class)
    static class SingleTestCase {

        @Test
        @ForeignArch("s390x")
        void plain(Architecture architecture) {
            Journal.note("test plain " + architecture);
        }

        @ArmTest
        void meta(Architecture architecture) {
            Journal.note("test meta " + architecture);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        @ForeignArch("arm64v8")
        void parameterized(int number, Architecture architecture) {
            Journal.note("test parameter " + number + " " + architecture);
        }

        @RepeatedTest(2)
        @ForeignArch("ppc64le")
        void repeated(Architecture architecture) {
            Journal.note("test repeated " + architecture);
        }

        @TestFactory
        @ForeignArch("riscv64")
        Stream<DynamicTest> dynamic(Architecture architecture) {
            return Stream.of(dynamicTest("a dynamic test", () -> Journal.note("test dynamic " + architecture)));
        }

        @ByteOrderTest
        void many(Architecture architecture, org.junit.jupiter.api.TestInfo info) {
            Journal.note("test many " + info.getDisplayName() + " " + architecture);
        }

        @Nested
        class Inner {
            @Test
            @ForeignArch("arm32v5")
            void nested(Architecture architecture) {
                Journal.note("test nested " + architecture);
            }
        }
    }

    @Test
    void anInvocationIsDisplayedAsTheUserCallsTheArchitecture() {
        host.run(SingleTestCase.class)
                .testEvents()
                .started()
                .assertThatEvents()
                .haveExactly(1, event(test(), displayName("linux/arm/v7")))
                .haveExactly(1, event(test(), displayName("s390x")));
    }

    @Test
    void architecturesOfOneMethodArePreparedTogether() {
        host.run(SingleTestCase.class);

        assertThat(Journal.linesStartingWith("prepare"))
                .contains("prepare [arm32v7, s390x]")
                .doesNotHaveDuplicates();
    }

    @Test
    void testsCarryATag() {
        host.kit(SingleTestCase.class)
                .filters(TagFilter.excludeTags("foreign-arch"))
                .execute()
                .testEvents()
                .assertStatistics(count -> count.started(0));
    }

    @Test
    void theConstructorKnowsTheArchitecture() {
        host.run(ConstructorTestCase.class)
                .testEvents()
                .assertStatistics(count -> count.started(3).succeeded(3));

        assertThat(Journal.linesStartingWith("test"))
                .containsExactlyInAnyOrder("test s390x", "test arm64v8", "test arm32v7");
    }

    @ExtendWith(FakeHost.Installation.class)
    static class ConstructorTestCase {

        private final Architecture architecture;

        ConstructorTestCase(Architecture architecture) {
            this.architecture = architecture;
        }

        @Test
        @ForeignArch("s390x")
        void one() {
            Journal.note("test " + architecture);
        }

        @ForeignArchTest({"arm64v8", "arm32v7"})
        void many() {
            Journal.note("test " + architecture);
        }
    }

    @Test
    void oneInstanceMayServeAllTests() {
        host.run(PerClassTestCase.class)
                .testEvents()
                .assertStatistics(count -> count.started(3).succeeded(3));

        assertThat(Journal.linesStartingWith("test"))
                .containsExactlyInAnyOrder("test s390x", "test arm64v8", "test arm32v7");
    }

    @ExtendWith(FakeHost.Installation.class)
    @TestInstance(Lifecycle.PER_CLASS)
    static class PerClassTestCase {

        @Test
        @ForeignArch("s390x")
        void one(Architecture architecture) {
            Journal.note("test " + architecture);
        }

        @ForeignArchTest({"arm64v8", "arm32v7"})
        void many(Architecture architecture) {
            Journal.note("test " + architecture);
        }
    }

    @Test
    void aTestOfItsOwnArchitectureIsSkippedWhenThatIsNotSelected() {
        EngineExecutionResults results =
                host.withParameter(ForeignArchParameters.ONLY, "arm64v8,armhf").run(ConstructorTestCase.class);

        results.testEvents()
                .assertStatistics(count -> count.started(2).succeeded(2).skipped(1));
        results.testEvents()
                .skipped()
                .assertEventsMatchExactly(event(
                        test("one"),
                        skippedWithReason("s390x is left out by foreignarch.only, which selects arm32v7, arm64v8.")));
    }

    @Test
    void eachTestOfATemplateIsSkippedByItself() {
        host.withParameter(ForeignArchParameters.ONLY, "arm32v5")
                .run(SingleTestCase.class)
                .testEvents()
                // The factory is one test; what it would make is not known.
                .assertStatistics(count -> count.started(1).succeeded(1).skipped(6));
    }
}
