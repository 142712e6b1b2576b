package dev.foreignarch.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.jupiter.FakeHost;
import dev.foreignarch.jupiter.ForeignArch;
import dev.foreignarch.jupiter.ForeignArchParameters;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The report as a user gets it: the Platform finds its writer by itself. */
@ResourceLock(Resources.SYSTEM_OUT)
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class ReportSessionTests {

    @TempDir
    Path module;

    @Test
    void a_maven_module_gets_its_table_and_the_log_the_short_one() throws Exception {
        Files.createFile(module.resolve("pom.xml"));

        String printed = run(TwoTestCase.class, "");

        Path folder = module.resolve("target/foreignarch");
        assertThat(folder.resolve("matrix.html")).content().contains("plain", "arm32v7", "s390x");
        assertThat(folder.resolve("matrix.md"))
                .content()
                .contains("| ReportSessionTests.TwoTestCase › plain(Architecture) | ✅");
        assertThat(printed).isEqualToNormalizingNewlines("""

                        ForeignArch: 1 test on 2 architectures: 2 passed, 0 failed, 0 skipped
                                                          arm32v7   s390x
                          ReportSessionTests.TwoTestCase   1 pass  1 pass
                          %s
                        """.formatted(folder.resolve("matrix.html")));
    }

    @Test
    void a_gradle_project_gets_it_among_what_it_builds() throws Exception {
        Files.createFile(module.resolve("build.gradle.kts"));

        run(TwoTestCase.class, "");

        assertThat(module.resolve("build/foreignarch/matrix.html")).exists();
    }

    @Test
    void one_architecture_needs_no_table_in_the_log() throws Exception {
        Files.createFile(module.resolve("pom.xml"));

        assertThat(run(OneTestCase.class, "")).isEmpty();
        assertThat(module.resolve("target/foreignarch/matrix.html")).exists();
    }

    @Test
    void the_folder_is_the_users_choice() throws Exception {
        Files.createFile(module.resolve("pom.xml"));

        run(TwoTestCase.class, "reports");

        assertThat(module.resolve("reports/matrix.html")).exists();
        assertThat(module.resolve("target")).doesNotExist();
    }

    @Test
    void nothing_is_written_if_not_wanted_or_without_a_build_or_without_architectures() throws Exception {
        run(TwoTestCase.class, "");
        assertThat(module).isEmptyDirectory();

        Files.createFile(module.resolve("pom.xml"));
        run(TwoTestCase.class, "none");
        run(PlainTestCase.class, "");
        assertThat(module.resolve("target")).doesNotExist();
    }

    @ForeignArch({"arm32v7", "s390x"})
    @ExtendWith(FakeHost.Installation.class)
    static class TwoTestCase {
        @Test
        void plain(Architecture architecture) {}
    }

    @ForeignArch("s390x")
    @ExtendWith(FakeHost.Installation.class)
    static class OneTestCase {
        @Test
        void plain(Architecture architecture) {}
    }

    static class PlainTestCase {
        @Test
        void plain() {}
    }

    /** Run a test case as a build of the module would, and return what that prints. */
    private String run(Class<?> testCase, String folder) {
        String basedir = System.getProperty("basedir");
        PrintStream out = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setProperty("basedir", module.toString());
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try (LauncherSession session = LauncherFactory.openSession()) {
            session.getLauncher()
                    .execute(LauncherDiscoveryRequestBuilder.request()
                            .selectors(selectClass(testCase))
                            .configurationParameters(new FakeHost().parameters())
                            .configurationParameter(ForeignArchParameters.REPORT, folder)
                            .build());
        } finally {
            System.setOut(out);
            if (basedir == null) {
                System.clearProperty("basedir");
            } else {
                System.setProperty("basedir", basedir);
            }
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
