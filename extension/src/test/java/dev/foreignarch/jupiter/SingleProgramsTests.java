package dev.foreignarch.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.skippedWithReason;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.emulation.EmulationMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.testcontainers.containers.GenericContainer;

/** Which tests run where no handler runs their architecture, but an emulator before a command does. */
@ExtendWith(Journal.class)
class SingleProgramsTests {

    private final FakeHost host = new FakeHost().without(Architecture.ARM32V7).withEmulators();

    @Test
    void containersRunAndTheReportSaysHow() {
        EngineExecutionResults results = host.run(ContainersTestCase.class);

        results.testEvents().assertStatistics(events -> events.started(1).succeeded(1));
        assertThat(results.testEvents().reportingEntryPublished().list())
                .map(event -> event.getRequiredPayload(ReportEntry.class).getKeyValuePairs())
                .anySatisfy(entries ->
                        assertThat(entries).containsEntry("foreignarch.verdict", "explicit emulation by a fake"));
    }

    @Test
    void testsWithContainersAreSkippedWhereTheUserPrefersThat() {
        EngineExecutionResults results =
                host.withParameter(ForeignArchParameters.UNAVAILABLE, "skip").run(ContainersTestCase.class);

        results.testEvents().assertStatistics(events -> events.started(0).skipped(1));
        results.testEvents()
                .assertThatEvents()
                .haveExactly(
                        1,
                        event(skippedWithReason("arm32v7: "
                                + FakeHost.diagnosis(Architecture.ARM32V7).message())));
    }

    @ExtendWith(FakeHost.Installation.class)
    @ForeignArch("arm32v7")
    static class ContainersTestCase {

        @ForeignContainer("redis:7")
        static GenericContainer<?> shared;

        @ForeignContainer("redis:7")
        GenericContainer<?> own;

        @Test
        void test(@ForeignContainer("redis:7") GenericContainer<?> parameter) {
            assertThat(shared).isNotNull();
            assertThat(own).isNotNull();
            assertThat(parameter).isNotNull();
        }
    }

    @Test
    void aContainerThatIsToBeEmulatedSoIsNeverSkipped() {
        host.withParameter(ForeignArchParameters.UNAVAILABLE, "skip")
                .run(InsistingTestCase.class)
                .testEvents()
                .assertStatistics(events -> events.started(1).succeeded(1));
    }

    @ExtendWith(FakeHost.Installation.class)
    @ForeignArch("arm32v7")
    static class InsistingTestCase {

        @Test
        void test(
                @ForeignContainer(value = "redis:7", emulation = EmulationMode.EXPLICIT)
                        GenericContainer<?> container) {
            assertThat(container).isNotNull();
        }
    }

    @Test
    void aTestThatNamesNoProgramFailsOfWhatIsWrong() {
        host.run(NothingTestCase.class)
                .testEvents()
                .assertThatEvents()
                .haveExactly(
                        1,
                        finishedWithFailure(
                                message(FakeHost.diagnosis(Architecture.ARM32V7).message())));
    }

    @ExtendWith(FakeHost.Installation.class)
    @ForeignArch("arm32v7")
    static class NothingTestCase {

        @Test
        void test() {}
    }

    @Test
    void whatCanNotBeStartedInAContainerIsExplained() {
        TestExecutionResult result = host.run(ExecTestCase.class)
                .testEvents()
                .failed()
                .map(failed -> failed.getRequiredPayload(TestExecutionResult.class))
                .findFirst()
                .orElseThrow();

        assertThat(result.getThrowable().orElseThrow().getSuppressed())
                .singleElement()
                .isInstanceOf(CellNote.class)
                .hasToString(CellNote.class.getName() + ": the architecture of this test is arm32v7 (linux/arm/v7,"
                        + " explicit emulation by a fake)\n"
                        + "  container of field box: image busybox:1, ID sha256:" + "busybox:1".hashCode()
                        + ", explicit emulation by a fake\n"
                        + "  exec format error: explicit emulation runs the program that a container starts with, and"
                        + " none that it or the test starts in the container. Those need a handler in the kernel's"
                        + " table.");
    }

    @ExtendWith(FakeHost.Installation.class)
    @ForeignArch("arm32v7")
    static class ExecTestCase {

        @ForeignContainer("busybox:1")
        GenericContainer<?> box;

        @Test
        void test() {
            assertThat("OCI runtime exec failed: exec /bin/uname: exec format error")
                    .isEqualTo("armv7l");
        }
    }
}
