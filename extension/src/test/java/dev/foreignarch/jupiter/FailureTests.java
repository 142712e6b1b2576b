package dev.foreignarch.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.junit.platform.testkit.engine.EventConditions.event;

import dev.foreignarch.arch.Architecture;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.opentest4j.AssertionFailedError;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.GenericContainer;

/** Containers that fail, tests that fail, and what reports learn of them. */
@ExtendWith(Journal.class)
class FailureTests {

    private final FakeHost host = new FakeHost();

    static List<Throwable> failures(EngineExecutionResults results) {
        results.containerEvents()
                .assertStatistics(count -> count.failed(0).skipped(0).aborted(0));
        return results.testEvents()
                .failed()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                        .getThrowable()
                        .orElseThrow())
                .toList();
    }
    // --- A container that doesn't start

    @ExtendWith(FakeHost.Installation.class)
    @ForeignArch({"arm64v8", "s390x"})
    static class BrokenSharedTestCase {

        @ForeignContainer("broken:1")
        static GenericContainer<?> broken;

        @Test
        void one() {
            Journal.note("test");
        }

        @Test
        void two() {
            Journal.note("test");
        }
    }

    @Test
    void eachTestFailsOfASharedContainerThatDoesNotStart() {
        EngineExecutionResults results = host.run(BrokenSharedTestCase.class);

        assertThat(failures(results))
                .hasSize(4)
                .allSatisfy(failure -> assertThat(failure)
                        .isInstanceOf(ContainerLaunchException.class)
                        .hasMessage("Container startup failed for image broken:1")
                        .hasSuppressedException(failure.getSuppressed()[0]))
                .allSatisfy(failure -> assertThat(failure.getSuppressed()).hasSize(1));
        assertThat(Journal.lines())
                .containsExactly(
                        "prepare [arm64v8, s390x]",
                        "start broken:1 on arm64v8",
                        "stop broken:1 on arm64v8",
                        "start broken:1 on s390x",
                        "stop broken:1 on s390x",
                        "close host");
    }

    @ExtendWith(FakeHost.Installation.class)
    @ForeignArch({"arm64v8", "s390x"})
    static class BrokenOwnTestCase {

        @ForeignContainer("broken:1")
        GenericContainer<?> broken;

        @Test
        void test() {
            Journal.note("test");
        }
    }

    @Test
    void eachTestFailsOfItsOwnContainerThatDoesNotStart() {
        EngineExecutionResults results = host.run(BrokenOwnTestCase.class);

        assertThat(failures(results))
                .hasSize(2)
                .extracting(failure -> failure.getSuppressed()[0].getMessage())
                .containsExactly("""
                        the architecture of this test is arm64v8 (linux/arm64, emulated by /usr/bin/qemu-aarch64, version 7.2)
                          container of field broken: not running""", """
                        the architecture of this test is s390x (linux/s390x, emulated by /usr/bin/qemu-s390x, version 7.2)
                          container of field broken: not running""");
        assertThat(Journal.linesStartingWith("test")).isEmpty();
        assertThat(Journal.linesStartingWith("stop"))
                .containsExactly("stop broken:1 on arm64v8", "stop broken:1 on s390x");
    }

    // --- A test that fails

    @ExtendWith(FakeHost.Installation.class)
    @ForeignArch("linux/arm/v7")
    static class FailingTestCase {

        @ForeignContainer("redis:7")
        static GenericContainer<?> shared;

        @ForeignContainer
        FakeContainer own = new FakeContainer("postgres:15");

        @Test
        void test(@ForeignContainer("busybox:1") GenericContainer<?> parameter) {
            assertEquals("big", "little");
        }
    }

    @Test
    void aFailureStaysWhatItIsAndTellsWhereTheTestRan() {
        assertThat(failures(host.run(FailingTestCase.class))).singleElement().satisfies(failure -> {
            assertThat(failure).isInstanceOfSatisfying(AssertionFailedError.class, difference -> {
                assertThat(difference.getExpected().getValue()).isEqualTo("big");
                assertThat(difference.getActual().getValue()).isEqualTo("little");
            });
            assertThat(failure.getSuppressed()).singleElement().satisfies(note -> {
                assertThat(note.getStackTrace()).isEmpty();
                assertThat(note)
                        .hasMessage(
                                "the architecture of this test is linux/arm/v7 (linux/arm/v7, emulated by /usr/bin/qemu-arm,"
                                        + " version 7.2)\n"
                                        + "  container of field shared: image redis:7, ID sha256:"
                                        + "redis:7".hashCode() + ", by a fake\n"
                                        + "  container of field own: image postgres:15, ID sha256:"
                                        + "postgres:15".hashCode()
                                        + ", by a fake\n"
                                        + "  container of parameter parameter: image busybox:1, ID sha256:"
                                        + "busybox:1".hashCode() + ", by a fake");
            });
        });
    }

    @ExtendWith(FakeHost.Installation.class)
    @ForeignArch("amd64")
    static class FailingEverywhereTestCase {

        @Nested
        class InBeforeEach {
            @BeforeEach
            void beforeEach() {
                fail("in @BeforeEach");
            }

            @Test
            void test() {}
        }

        @TestFactory
        Stream<DynamicTest> factory() {
            return Stream.of(dynamicTest("dynamic", () -> fail("in a dynamic test")));
        }

        @Test
        void aborted() {
            assumeThat("big").isEqualTo("little");
        }
    }

    @Test
    void aFailureTellsItWhereverItHappens() {
        EngineExecutionResults results = host.run(FailingEverywhereTestCase.class);

        results.testEvents().assertStatistics(count -> count.failed(2).aborted(1));
        assertThat(failures(results))
                .allSatisfy(failure -> assertThat(failure.getSuppressed())
                        .singleElement()
                        .extracting(Throwable::getMessage)
                        .isEqualTo("the architecture of this test is amd64 (linux/amd64, native)"));
    }

    // --- Reports

    @Test
    void reportsLearnWhereEachTestRuns() {
        assertThat(entries(host.run(FailingTestCase.class)))
                .containsExactly(
                        Map.of(
                                "foreignarch.architecture",
                                "arm32v7",
                                "foreignarch.platform",
                                "linux/arm/v7",
                                "foreignarch.verdict",
                                "emulated by /usr/bin/qemu-arm, version 7.2"),
                        Map.of("allure.parameter", "platform", "value", "linux/arm/v7"),
                        Map.of(
                                "foreignarch.container.field shared",
                                "image redis:7, ID sha256:" + "redis:7".hashCode() + ", by a fake",
                                "foreignarch.container.field own",
                                "image postgres:15, ID sha256:" + "postgres:15".hashCode() + ", by a fake",
                                "foreignarch.container.parameter parameter",
                                "image busybox:1, ID sha256:" + "busybox:1".hashCode() + ", by a fake"));
    }

    @Test
    void reportsLearnWhyAnArchitectureCannotRun() {
        assertThat(entries(host.without(Architecture.S390X).run(UnavailableArchitectureTests.MethodsTestCase.class)))
                .extracting(entry -> String.valueOf(entry.get("foreignarch.verdict")))
                .contains("unavailable: no emulator is registered.");
    }

    private static List<Map<String, String>> entries(EngineExecutionResults results) {
        return results.testEvents()
                .reportingEntryPublished()
                .map(event -> event.getRequiredPayload(ReportEntry.class).getKeyValuePairs())
                .toList();
    }
}
