package dev.foreignarch.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.emulation.Emulation;
import dev.foreignarch.emulation.EmulationMode;
import dev.foreignarch.emulation.EmulationSettings;
import dev.foreignarch.program.Busybox;
import dev.foreignarch.program.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.OutputDirectoryCreator;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.reporting.FileEntry;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.testcontainers.containers.GenericContainer;

/** Tests that need no handler, and what JUnit's reports learn of them. */
@Tag("engine")
class ExplicitCellTests {

    private static final Path PROGRAMS = Path.of("target", "explicit-cell-tests");
    private static final String OF_MACHINE = "explicit emulation by /usr/bin/qemu-arm-static of this machine";

    @TempDir
    Path directory;

    @BeforeAll
    static void install() throws Exception {
        Files.createDirectories(PROGRAMS);
        try (Emulation lender = Emulation.onDefaultEngine(EmulationSettings.DEFAULT)) {
            Busybox.install(lender.engine(), Architecture.ARM32V7, PROGRAMS);
        }
    }

    private EngineTestKit.Builder kit(Class<?> testCase) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(testCase))
                .outputDirectoryCreator(new OutputDirectoryCreator() {
                    @Override
                    public Path getRootDirectory() {
                        return directory;
                    }

                    @Override
                    public Path createOutputDirectory(TestDescriptor test) {
                        return directory;
                    }
                });
    }

    private static Map<String, String> entries(EngineExecutionResults results) {
        Map<String, String> entries = new HashMap<>();
        results.testEvents()
                .reportingEntryPublished()
                .map(event -> event.getRequiredPayload(ReportEntry.class))
                .forEach(entry -> entries.putAll(entry.getKeyValuePairs()));
        return entries;
    }

    @Test
    void a_container_with_an_emulator_of_its_own_is_reported_as_such() {
        EngineExecutionResults results = kit(ExplicitContainerTestCase.class).execute();

        results.testEvents().assertStatistics(events -> events.started(1).succeeded(1));
        assertThat(entries(results).get("foreignarch.container.field box"))
                .startsWith("image busybox:1.36, ID sha256:")
                .endsWith(", " + OF_MACHINE + ", CPU model cortex-a15");
    }

    @ForeignArch(value = "arm32v7", cpu = "cortex-a15")
    static class ExplicitContainerTestCase {

        @ForeignContainer(value = "busybox:1.36", emulation = EmulationMode.EXPLICIT)
        GenericContainer<?> box;

        @Test
        void starts_by_the_emulator() throws Exception {
            String first = box.execInContainer("cat", "/proc/1/cmdline").getStdout();

            assertThat(first)
                    .startsWith("/foreignarch/qemu-arm-static\0-0\0sh\0/")
                    .endsWith("/sh\0");
        }
    }

    @Test
    void without_an_engine_a_static_program_runs_on_this_machine() {
        EngineExecutionResults results = kit(ProgramTestCase.class)
                .configurationParameter(ForeignArchParameters.ENGINE, "none")
                .execute();

        results.testEvents()
                .assertStatistics(events -> events.started(2).succeeded(1).failed(1));
        assertThat(entries(results)).containsEntry("foreignarch.verdict", OF_MACHINE);
    }

    @Test
    void system_calls_of_a_failing_test_are_published_and_no_others() throws Exception {
        EngineExecutionResults results = kit(ProgramTestCase.class)
                .configurationParameter(ForeignArchParameters.TRACE, "syscalls")
                .execute();

        List<Path> published = results.testEvents()
                .fileEntryPublished()
                .map(event -> event.getRequiredPayload(FileEntry.class).getPath())
                .toList();
        assertThat(published)
                .extracting(file -> file.getFileName().toString())
                .containsExactly("syscalls-arm32v7-field-busybox.log");
        assertThat(Files.readString(published.get(0)))
                .contains("write(1,")
                .containsPattern("exit_group\\(3\\)|exit\\(3\\)");
    }

    @ForeignArch("arm32v7")
    static class ProgramTestCase {

        @ForeignProgram("target/explicit-cell-tests/busybox-{docker}")
        Program busybox;

        @Test
        void passes() {
            assertEquals("armv7l\n", busybox.run("uname", "-m").orThrow().stdout());
        }

        @Test
        void fails() {
            assertEquals(
                    0, busybox.run("sh", "-c", "echo before the end; exit 3").exitCode());
        }
    }

    @Test
    void without_an_engine_a_container_is_refused() {
        kit(ContainerTestCase.class)
                .configurationParameter(ForeignArchParameters.ENGINE, "none")
                .execute()
                .testEvents()
                .assertThatEvents()
                .haveExactly(
                        1,
                        finishedWithFailure(
                                message("The test uses a container, but foreignarch.engine is none, which is"
                                        + " for static programs (@ForeignProgram) only. Remove the parameter, or test the program"
                                        + " alone.")));
    }

    @ForeignArch("arm32v7")
    static class ContainerTestCase {

        @ForeignContainer("busybox:1.36")
        GenericContainer<?> box;

        @Test
        void test() {}
    }
}
