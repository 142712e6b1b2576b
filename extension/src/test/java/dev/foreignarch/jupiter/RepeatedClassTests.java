package dev.foreignarch.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.junit.platform.testkit.engine.EventConditions.container;
import static org.junit.platform.testkit.engine.EventConditions.displayName;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.started;

import dev.foreignarch.arch.Architecture;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.testkit.engine.EngineExecutionResults;

/** {@code @ForeignArch} on a class. */
@ExtendWith(Journal.class)
class RepeatedClassTests {

    private final FakeHost host = new FakeHost();

    @Test
    void eachTestRunsOnceOnEachArchitectureInTheOrderOfTheirNames() {
        EngineExecutionResults results = host.run(ManyTestCase.class);

        results.testEvents().assertStatistics(count -> count.started(6).succeeded(6));
        assertThat(Journal.lines())
                .containsExactly(
                        "before all",
                        "prepare [arm32v7, ppc64le, s390x]",
                        "one: arm32v7 arm32v7 arm32v7 arm32v7",
                        "two",
                        "one: ppc64le ppc64le ppc64le ppc64le",
                        "two",
                        "one: s390x s390x s390x s390x",
                        "two",
                        "after all",
                        "close host");
    }

    @Test
    void anInvocationIsDisplayedAsTheUserCallsTheArchitecture() {
        host.run(ManyTestCase.class)
                .containerEvents()
                .started()
                .assertThatEvents()
                .haveExactly(1, event(container(), displayName("linux/arm/v7"), started()))
                .haveExactly(1, event(container(), displayName("ppc64le"), started()))
                .haveExactly(1, event(container(), displayName("s390x"), started()));
    }

    @ExtendWith(FakeHost.Installation.class)
    @ForeignArch({"linux/arm/v7", "ppc64le", "s390x"})
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class ManyTestCase {

        private final Architecture ofInstance;
        private String seen = "";

        ManyTestCase(Architecture architecture) {
            this.ofInstance = architecture;
        }

        @BeforeAll
        static void beforeAll() {
            Journal.note("before all");
        }

        @BeforeEach
        void beforeEach(Architecture architecture) {
            seen = ofInstance + " " + architecture;
        }

        @Test
        void one(Architecture architecture) {
            seen += " " + architecture;
        }

        @Test
        void two() {
            seen = "two";
        }

        @AfterEach
        void afterEach(Architecture architecture) {
            Journal.note(seen.equals("two") ? seen : "one: " + seen + " " + architecture);
        }

        @AfterAll
        static void afterAll() {
            Journal.note("after all");
        }
    }

    @Test
    void oneArchitectureIsKnownOutsideOfTheTestsToo() {
        host.run(OneTestCase.class)
                .testEvents()
                .assertStatistics(count -> count.started(1).succeeded(1));

        assertThat(Journal.lines())
                .containsExactly(
                        "before all: s390x", "prepare [s390x]", "test: s390x", "after all: s390x", "close host");
    }

    @ExtendWith(FakeHost.Installation.class)
    @ForeignArch("s390x")
    static class OneTestCase {

        @BeforeAll
        static void beforeAll(Architecture architecture) {
            Journal.note("before all: " + architecture);
        }

        @Test
        void test(Architecture architecture) {
            Journal.note("test: " + architecture);
        }

        @AfterAll
        static void afterAll(Architecture architecture) {
            Journal.note("after all: " + architecture);
        }
    }

    @Test
    void testsOfAllKindsAreRepeated() {
        host.run(AllKindsTestCase.class)
                .testEvents()
                .assertStatistics(count -> count.started(14).succeeded(14));

        assertThat(Journal.linesStartingWith("arm64v8"))
                .containsExactlyInAnyOrder(
                        "arm64v8 parameter 1",
                        "arm64v8 parameter 2",
                        "arm64v8 repeated",
                        "arm64v8 repeated",
                        "arm64v8 dynamic",
                        "arm64v8 nested",
                        "arm64v8 nested before all",
                        "arm64v8 parameterized class");
        assertThat(Journal.linesStartingWith("s390x")).hasSize(8);
    }

    @ExtendWith(FakeHost.Installation.class)
    @ForeignArch({"arm64v8", "s390x"})
    static class AllKindsTestCase {

        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void parameterized(int number, Architecture architecture) {
            Journal.note(architecture + " parameter " + number);
        }

        @RepeatedTest(2)
        void repeated(Architecture architecture) {
            Journal.note(architecture + " repeated");
        }

        @TestFactory
        Stream<DynamicTest> dynamic(Architecture architecture) {
            return Stream.of(dynamicTest("a dynamic test", () -> Journal.note(architecture + " dynamic")));
        }

        @Nested
        class Inner {

            @BeforeAll
            static void beforeAll(Architecture architecture) {
                Journal.note(architecture + " nested before all");
            }

            @Test
            void nested(Architecture architecture) {
                Journal.note(architecture + " nested");
            }
        }

        @Nested
        @ParameterizedClass
        @ValueSource(ints = 1)
        class Parameterized {

            Parameterized(int number) {
                assertThat(number).isOne();
            }

            @Test
            void parameterizedClass(Architecture architecture) {
                Journal.note(architecture + " parameterized class");
            }
        }
    }

    @Test
    void aNestedClassMayBeRepeatedByItself() {
        host.run(RepeatedNestedTestCase.class)
                .testEvents()
                .assertStatistics(count -> count.started(3).succeeded(3));

        assertThat(Journal.lines())
                .containsExactlyInAnyOrder(
                        "outer", "prepare [arm64v8, s390x]", "inner arm64v8", "inner s390x", "close host");
    }

    @ExtendWith(FakeHost.Installation.class)
    static class RepeatedNestedTestCase {

        @Test
        void outer() {
            Journal.note("outer");
        }

        @Nested
        @ForeignArch({"arm64v8", "s390x"})
        class Inner {

            @Test
            void inner(Architecture architecture) {
                Journal.note("inner " + architecture);
            }
        }
    }

    @Test
    void theAnnotationIsInheritedAndWorksAsMetaAnnotation() {
        host.run(InheritingTestCase.class)
                .testEvents()
                .assertStatistics(count -> count.started(2).succeeded(2));

        assertThat(Journal.linesStartingWith("inherited")).containsExactly("inherited arm32v7", "inherited arm64v8");
    }

    @Retention(RetentionPolicy.RUNTIME)
    @ForeignArch({"arm32v7", "arm64v8"})
    @interface OnArm {}

    @ExtendWith(FakeHost.Installation.class)
    @OnArm
    abstract static class OnArmTestCase {

        @Test
        void inherited(Architecture architecture) {
            Journal.note("inherited " + architecture);
        }
    }

    static class InheritingTestCase extends OnArmTestCase {}

    @Test
    void oneInstanceMayServeAllArchitectures() {
        host.run(PerClassTestCase.class)
                .testEvents()
                .assertStatistics(count -> count.started(4).succeeded(4));

        assertThat(Journal.linesStartingWith("test"))
                .containsExactly("test 1 arm64v8", "test 2 arm64v8", "test 3 s390x", "test 4 s390x");
    }

    @ExtendWith(FakeHost.Installation.class)
    @ForeignArch({"arm64v8", "s390x"})
    @TestInstance(Lifecycle.PER_CLASS)
    static class PerClassTestCase {

        private int tests;

        @RepeatedTest(2)
        void test(Architecture architecture) {
            tests++;
            Journal.note("test " + tests + " " + architecture);
        }
    }

    @Test
    void testsCarryATag() {
        host.kit(ManyTestCase.class)
                .filters(TagFilter.excludeTags("foreign-arch"))
                .execute()
                .testEvents()
                .assertStatistics(count -> count.started(0));
    }

    @Test
    void someArchitecturesMayBeSelected() {
        host.withParameter(ForeignArchParameters.ONLY, "s390x, armhf")
                .run(ManyTestCase.class)
                .testEvents()
                .assertStatistics(count -> count.started(4).succeeded(4));

        assertThat(Journal.linesStartingWith("prepare")).containsExactly("prepare [arm32v7, s390x]");
    }

    @Test
    void nothingRunsWhenNoneOfTheArchitecturesIsSelected() {
        EngineExecutionResults results =
                host.withParameter(ForeignArchParameters.ONLY, "riscv64").run(ManyTestCase.class);

        results.testEvents().assertStatistics(count -> count.started(0).skipped(0));
        results.containerEvents().assertStatistics(count -> count.failed(0));
    }

    @Test
    void oneInvocationMayBeSelectedByItsIndex() {
        host.kit(ManyTestCase.class)
                .selectors(DiscoverySelectors.selectIteration(DiscoverySelectors.selectClass(ManyTestCase.class), 1))
                .execute();

        assertThat(Journal.linesStartingWith("one")).containsExactly("one: ppc64le ppc64le ppc64le ppc64le");
    }
}
