package dev.foreignarch.report;

import static dev.foreignarch.arch.Architecture.ARM32V7;
import static dev.foreignarch.arch.Architecture.S390X;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.jupiter.FakeHost;
import dev.foreignarch.jupiter.ForeignArch;
import dev.foreignarch.jupiter.ForeignArchTest;
import dev.foreignarch.jupiter.ReportKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MediaType;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** What a listener of JUnit's Platform learns of tests on architectures. */
class CellListenerTests {

    private final FakeHost host = new FakeHost();
    private final List<CellResult> results = new ArrayList<>();
    private int begun;

    @TempDir
    private Path folder;

    @Test
    void each_test_on_each_architecture_is_a_cell() {
        run(MatrixTestCase.class);

        assertThat(lines())
                .containsExactly(
                        "MatrixTestCase › passes arm32v7 PASSED",
                        "MatrixTestCase › numbers(int) › [1] 1 arm32v7 PASSED",
                        "MatrixTestCase › numbers(int) › [2] 2 arm32v7 PASSED",
                        "MatrixTestCase › factory › made arm32v7 PASSED",
                        "MatrixTestCase › failsOnBigEndian(Architecture) arm32v7 PASSED",
                        "MatrixTestCase.Inner › deep arm32v7 PASSED",
                        "MatrixTestCase › passes s390x PASSED",
                        "MatrixTestCase › numbers(int) › [1] 1 s390x PASSED",
                        "MatrixTestCase › numbers(int) › [2] 2 s390x PASSED",
                        "MatrixTestCase › factory › made s390x PASSED",
                        "MatrixTestCase › failsOnBigEndian(Architecture) s390x FAILED",
                        "MatrixTestCase.Inner › deep s390x PASSED");
    }

    @ForeignArch({"linux/arm/v7", "s390x"})
    @ExtendWith(FakeHost.Installation.class)
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class MatrixTestCase {

        @Test
        @Order(1)
        void passes() {}

        @ParameterizedTest(name = "[{index}] {0}")
        @ValueSource(ints = {1, 2})
        @Order(2)
        void numbers(int number) {}

        @TestFactory
        @Order(3)
        Stream<DynamicTest> factory() {
            return Stream.of(dynamicTest("made", () -> {}));
        }

        @Test
        @Order(4)
        void failsOnBigEndian(Architecture architecture) {
            assertNotEquals(S390X, architecture, "big");
        }

        @Nested
        class Inner {
            @Test
            void deep() {}
        }
    }

    @Test
    void a_cell_knows_where_it_ran_how_long_and_why_it_failed() {
        run(MatrixTestCase.class);

        CellResult failed = results.stream()
                .filter(cell -> cell.outcome() == Outcome.FAILED)
                .findFirst()
                .orElseThrow();
        assertThat(failed.module()).isEqualTo("module");
        assertThat(failed.verdict()).isEqualTo("emulated by /usr/bin/qemu-s390x, version 7.2");
        assertThat(failed.duration()).isPositive().isLessThan(Duration.ofMinutes(1));
        assertThat(failed.facts()).contains("architecture: s390x", "platform: linux/s390x");
        assertThat(failed.shortReason())
                .isEqualTo("org.opentest4j.AssertionFailedError: big ==> expected: not equal but was: <s390x>");
        assertThat(failed.reason()).contains("the architecture of this test is s390x (linux/s390x, emulated by");
    }

    @Test
    void methods_with_architectures_of_their_own_are_cells_and_other_tests_are_not() {
        run(MethodsTestCase.class);

        assertThat(lines())
                .containsExactlyInAnyOrder(
                        "MethodsTestCase › one s390x PASSED",
                        "MethodsTestCase › many arm32v7 PASSED",
                        "MethodsTestCase › many s390x PASSED");
    }

    @ExtendWith(FakeHost.Installation.class)
    static class MethodsTestCase {
        @Test
        void native_() {}

        @Test
        @ForeignArch("s390x")
        void one() {}

        @ForeignArchTest({"arm/v7", "s390x"})
        void many() {}

        @ParameterizedTest(name = "{0}")
        @ValueSource(strings = "s390x")
        void aNameThatIsAnArgument(String name) {}
    }

    @Test
    void skipped_and_aborted_tests_are_cells_with_their_reason() {
        run(SkippedTestCase.class);

        assertThat(results)
                .filteredOn(cell -> cell.outcome() != Outcome.PASSED)
                .extracting(cell -> title(cell) + ": " + cell.outcome() + " " + cell.reason())
                .containsExactlyInAnyOrder(
                        "SkippedTestCase › disabled: SKIPPED not today",
                        "SkippedTestCase › aborted: SKIPPED Assumption failed: no disk",
                        "SkippedTestCase.Inner › (the class as a whole): SKIPPED not this",
                        "SkippedTestCase.Inner › deep: SKIPPED not this");
    }

    @ForeignArch("s390x")
    @ExtendWith(FakeHost.Installation.class)
    static class SkippedTestCase {
        @Test
        @Disabled("not today")
        void disabled() {}

        @Test
        void aborted() {
            assumeTrue(results().isEmpty(), "no disk");
        }

        private static List<String> results() {
            return List.of("one");
        }

        @Nested
        @Disabled("not this")
        class Inner {
            @Test
            void deep() {}
        }
    }

    @Test
    void an_architecture_that_cannot_run_fails_or_skips_its_cells() {
        host.without(ARM32V7);

        run(PlainTestCase.class);

        assertThat(lines())
                .containsExactly("PlainTestCase › plain arm32v7 FAILED", "PlainTestCase › plain s390x PASSED");
        assertThat(results.get(0).reason()).contains("no emulator is registered.");
    }

    @ForeignArch({"arm32v7", "s390x"})
    @ExtendWith(FakeHost.Installation.class)
    static class PlainTestCase {
        @Test
        void plain() {}
    }

    @Test
    void a_class_that_fails_before_any_test_fails_on_all_of_its_architectures() {
        run(BrokenTestCase.class);

        assertThat(lines())
                .containsExactly(
                        "BrokenTestCase › (the class as a whole) arm32v7 FAILED",
                        "BrokenTestCase › (the class as a whole) s390x FAILED");
        assertThat(results.get(0).shortReason()).isEqualTo("java.lang.IllegalStateException: no network");
    }

    @ForeignArch({"arm32v7", "s390x"})
    @ExtendWith(FakeHost.Installation.class)
    static class BrokenTestCase {
        @BeforeAll
        static void connect() {
            throw new IllegalStateException("no network");
        }

        @Test
        void plain() {}
    }

    @Test
    void a_class_that_fails_and_passes_when_it_is_repeated_has_passed() {
        FlakyTestCase.runs = 0;

        // Surefire before 3.5 opens a session for each attempt, with a listener of its own.
        run(FlakyTestCase.class);
        run(FlakyTestCase.class);
        run(FlakyTestCase.class);

        assertThat(lines())
                .containsExactly(
                        "FlakyTestCase › (the class as a whole) s390x FAILED",
                        "FlakyTestCase › plain s390x PASSED",
                        "FlakyTestCase › plain s390x PASSED");
        assertThat(Matrix.of(List.of(results)).failures()).isEmpty();
        assertThat(Matrix.of(List.of(results)).rows())
                .filteredOn(Matrix.Row::whole)
                .singleElement()
                .satisfies(row -> assertThat(row.cells().get(S390X).isFlaky()).isTrue());
    }

    @ForeignArch("s390x")
    @ExtendWith(FakeHost.Installation.class)
    static class FlakyTestCase {
        private static int runs;

        @BeforeAll
        static void connect() {
            if (++runs == 1) {
                throw new IllegalStateException("no network");
            }
        }

        @Test
        void plain() {}
    }

    @Test
    void tests_of_one_name_are_cells_of_their_own() {
        run(NamesakesTestCase.class);

        Matrix matrix = Matrix.of(List.of(results));
        assertThat(matrix.summary())
                .isEqualTo(
                        "9 tests on 2 architectures: 12 passed, 6 failed (arm32v7 3, s390x 3), 0 skipped; 10 marked");
        assertThat(matrix.rows())
                .extracting(row -> row.test() + (row.isFailed() ? " FAIL" : ""))
                .containsExactlyInAnyOrder(
                        "works",
                        "works (2) FAIL",
                        "values › 1",
                        "values › 1 (2) FAIL",
                        "values › 2",
                        "factory › made",
                        "factory › made (2) FAIL",
                        "[1] 7 › inner",
                        "[2] 8 › inner");
    }

    @ForeignArch({"linux/arm/v7", "s390x"})
    @ExtendWith(FakeHost.Installation.class)
    static class NamesakesTestCase {

        private static int calls;

        @Test
        @DisplayName("works")
        void first() {}

        @Test
        @DisplayName("works")
        void second() {
            fail("the second");
        }

        @ParameterizedTest(name = "{0}")
        @ValueSource(ints = {1, 1, 2})
        @DisplayName("values")
        void values(int value) {
            if (value == 1) {
                assertEquals(1, ++calls % 2);
            }
        }

        @TestFactory
        Stream<DynamicTest> factory() {
            // Where a test says that it comes from doesn't make it one of another class.
            return Stream.of(
                    dynamicTest("made", URI.create("class:java.lang.String"), () -> {}),
                    dynamicTest("made", () -> fail("the second")));
        }

        @Nested
        @ParameterizedClass(name = "[{index}] {0}")
        @ValueSource(ints = {7, 8})
        class Inner {
            @Parameter
            private int value;

            @Test
            void inner() {
                assertNotEquals(0, value);
            }
        }
    }

    @Test
    void what_keeps_the_tests_of_methods_with_architectures_from_running_is_told_for_these() {
        run(BrokenMethodsTestCase.class);
        run(DisabledMethodTestCase.class);
        run(DisabledTemplateTestCase.class);

        assertThat(lines())
                .containsExactly(
                        "BrokenMethodsTestCase › (the class as a whole) arm32v7 FAILED",
                        "BrokenMethodsTestCase › (the class as a whole) s390x FAILED",
                        "DisabledMethodTestCase › many (as a whole) arm32v7 SKIPPED",
                        "DisabledMethodTestCase › many (as a whole) s390x SKIPPED",
                        "DisabledTemplateTestCase › (the class as a whole) s390x SKIPPED");
        assertThat(Matrix.of(List.of(results)).summary())
                .isEqualTo("0 tests on 2 architectures: 0 passed, 0 failed, 0 skipped;"
                        + " classes and templates as a whole: 1 failed, 2 skipped");
    }

    @ExtendWith(FakeHost.Installation.class)
    static class BrokenMethodsTestCase {
        @BeforeAll
        static void connect() {
            throw new IllegalStateException("no network");
        }

        @Test
        void native_() {}

        @Test
        @ForeignArch("s390x")
        void one() {}

        @ForeignArchTest({"arm/v7", "s390x"})
        void many() {}
    }

    /** What is in it JUnit would know only when it runs. */
    @Disabled("not today")
    @ParameterizedClass
    @ValueSource(ints = 1)
    @ExtendWith(FakeHost.Installation.class)
    static class DisabledTemplateTestCase {
        @Parameter
        private int value;

        @Test
        @ForeignArch("s390x")
        void one() {
            assertNotEquals(0, value);
        }
    }

    @ExtendWith(FakeHost.Installation.class)
    static class DisabledMethodTestCase {
        @Disabled("not today")
        @ForeignArchTest({"arm/v7", "s390x"})
        void many() {}
    }

    @Test
    void a_test_that_leaves_its_thread_interrupted_keeps_nothing_from_being_told() throws Exception {
        CellFile file = new CellFile(folder.resolve("cells"));
        List<Boolean> interrupted = new ArrayList<>();
        CellListener listener = new CellListener("module", parameters -> begun++, (parameters, cell) -> {
            try {
                file.append(cell);
                interrupted.add(Thread.currentThread().isInterrupted());
            } catch (IOException unwritable) {
                throw new UncheckedIOException(unwritable);
            }
        });

        run(InterruptedTestCase.class, listener);

        assertThat(interrupted).contains(true);
        assertThat(Matrix.of(List.of(file.read())).summary())
                .isEqualTo("1 test on 1 architecture: 0 passed, 1 failed (s390x 1), 0 skipped");
        assertThat(file.read().get(0).attachments().get(0).end()).isEqualTo("the log");
    }

    @ForeignArch("s390x")
    @ExtendWith(FakeHost.Installation.class)
    static class InterruptedTestCase {
        @Test
        void interrupts(TestReporter reporter) {
            reporter.publishFile("server.log", MediaType.TEXT_PLAIN_UTF_8, file -> {
                Files.writeString(file, "the log");
                Thread.currentThread().interrupt();
            });
            fail("interrupted");
        }
    }

    @Test
    void files_that_a_test_publishes_are_kept_with_their_end() {
        run(PublishingTestCase.class);

        Attachment file = results.get(0).attachments().get(0);
        assertThat(file.path()).endsWith("server.log");
        assertThat(file.end()).startsWith("(cut) …\nxxx").endsWith("the last line");
        assertThat(results.get(0).attachments().get(1).end()).isEqualTo("(cut) …\n" + "\uFFFD".repeat(20_000));
    }

    @ForeignArch("s390x")
    @ExtendWith(FakeHost.Installation.class)
    static class PublishingTestCase {
        @Test
        void publishes(TestReporter reporter) {
            reporter.publishFile(
                    "server.log",
                    MediaType.TEXT_PLAIN_UTF_8,
                    file -> Files.writeString(file, "x".repeat(30_000) + "the last line"));
            reporter.publishFile(
                    "binary.log",
                    MediaType.TEXT_PLAIN_UTF_8,
                    file -> Files.write(file, filled(new byte[100_000], (byte) 0xff)));
            fail("to be looked at");
        }
    }

    @Test
    void marks_are_those_of_the_test_and_no_facts() {
        run(MarkedTestCase.class);

        assertThat(results)
                .filteredOn(cell -> !cell.address().whole())
                .extracting(cell -> title(cell) + ": " + cell.marks())
                .containsExactlyInAnyOrder(
                        "MarkedTestCase › marked(TestReporter, Architecture): [first, another first, second, third]",
                        "MarkedTestCase › plain(Architecture): []");
        assertThat(results).flatExtracting(CellResult::facts).isNotEmpty().noneMatch(fact -> fact.contains("second"));
    }

    @ForeignArch("s390x")
    @ExtendWith(FakeHost.Installation.class)
    static class MarkedTestCase {
        @Test
        void marked(TestReporter reporter, Architecture architecture) {
            reporter.publishEntry(ReportKeys.MARKS, "first");
            reporter.publishEntry(ReportKeys.MARKS, "another first\nsecond\nthird\nsecond");
        }

        @Test
        void plain(Architecture architecture) {}
    }

    @Test
    void a_run_with_architectures_is_announced_and_another_is_not() {
        run(PlainTestCase.class);
        assertThat(begun).isEqualTo(1);

        run(NativeTestCase.class);
        assertThat(begun).isEqualTo(1);
    }

    static class NativeTestCase {
        @Test
        void plain() {}
    }

    private static byte[] filled(byte[] bytes, byte value) {
        Arrays.fill(bytes, value);
        return bytes;
    }

    private List<String> lines() {
        return results.stream()
                .filter(cell -> !cell.address().whole() || cell.outcome() != Outcome.PASSED)
                .map(cell -> title(cell) + " " + cell.address().architecture() + " " + cell.outcome())
                .toList();
    }

    private static String title(CellResult cell) {
        return CellAddress.simpleName(cell.address().type()).replace("CellListenerTests.", "") + " › "
                + cell.address().test();
    }

    private CellListener listener() {
        return new CellListener("module", parameters -> begun++, (parameters, cell) -> results.add(cell));
    }

    private void run(Class<?> testCase) {
        run(testCase, listener());
    }

    private void run(Class<?> testCase, CellListener listener) {
        LauncherConfig quiet = LauncherConfig.builder()
                .enableLauncherSessionListenerAutoRegistration(false)
                .build();
        try (LauncherSession session = LauncherFactory.openSession(quiet)) {
            session.getLauncher()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(selectClass(testCase))
                                    .configurationParameters(host.parameters())
                                    .configurationParameter(
                                            "junit.platform.reporting.output.dir",
                                            Path.of("target/report-tests").toString())
                                    .build(),
                            listener);
        }
    }
}
