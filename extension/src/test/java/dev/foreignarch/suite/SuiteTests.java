package dev.foreignarch.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.jupiter.ForeignArch;
import dev.foreignarch.jupiter.ForeignArchParameters;
import dev.foreignarch.jupiter.ForeignJvm;
import dev.foreignarch.jupiter.InsideForeignJvm;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.suite.api.ExcludeEngines;
import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;
import org.junit.runner.RunWith;

/** Suites of each kind run their members where they belong, or say why they don't. */
@Tag("engine") // It needs none, but starting many JVMs takes longer than a unit test may.
class SuiteTests {

    private final List<String> rows = new ArrayList<>();

    @Test
    void aSuiteRunsPlainMembersHereAndForeignOnesThere() {
        run(MixedSuite.class);

        assertThat(rows)
                .containsExactlyInAnyOrder("here() SUCCESSFUL", "there[s390x] SUCCESSFUL", "there[arm32v7] SUCCESSFUL");
    }

    @Suite
    @SelectClasses({PlainTestCase.class, ForeignTestCase.class})
    static class MixedSuite {}

    static class PlainTestCase {
        @Test
        void here() {
            assertThat(InsideForeignJvm.isTrue()).isFalse();
        }
    }

    @ForeignArch({"s390x", "arm32v7"})
    @ForeignJvm
    static class ForeignTestCase {
        @Test
        void there() {
            assertThat(InsideForeignJvm.isTrue()).isTrue();
        }
    }

    @Test
    void aSuiteOfForeignMembersOnlyRunsThem() {
        run(ForeignSuite.class);

        assertThat(rows).containsExactlyInAnyOrder("there[s390x] SUCCESSFUL", "there[arm32v7] SUCCESSFUL");
    }

    @Suite
    @SelectClasses(ForeignTestCase.class)
    static class ForeignSuite {}

    @Test
    void aMemberThatIsSelectedBesideItsSuiteRunsForEach() {
        run(ForeignSuite.class, ForeignTestCase.class);

        assertThat(rows)
                .containsExactlyInAnyOrder(
                        "there[s390x] SUCCESSFUL",
                        "there[arm32v7] SUCCESSFUL",
                        "there[s390x] SUCCESSFUL",
                        "there[arm32v7] SUCCESSFUL");
    }

    @Test
    void aSuiteWithoutOurEngineFailsRatherThanRunForeignMembersHere() {
        run(SuiteWithoutOurEngine.class, ForeignTestCase.class);

        assertThat(rows)
                .containsExactlyInAnyOrder(
                        "there[s390x] SUCCESSFUL",
                        "there[arm32v7] SUCCESSFUL",
                        "SuiteTests$ForeignTestCase FAILED org.junit.jupiter.api.extension.ExtensionConfigurationException:"
                                + " @ForeignJvm class " + ForeignTestCase.class.getName()
                                + " would have run in this JVM instead of a foreign one: the test engine"
                                + " 'foreignarch-jvm' did not get it. Include that engine wherever engines are chosen"
                                + " (includeEngines, @IncludeEngines), and start the tests through JUnit's Launcher.",
                        "SuiteWithoutOurEngine FAILED org.junit.platform.suite.engine.NoTestsDiscoveredException: Suite ["
                                + SuiteWithoutOurEngine.class.getName() + "] did not discover any tests");
    }

    @Suite
    @SelectClasses(ForeignTestCase.class)
    @ExcludeEngines("foreignarch-jvm")
    static class SuiteWithoutOurEngine {}

    @Test
    void aForeignSuiteRunsAllItsMembersInForeignJvms() {
        run(WhollyForeignSuite.class);

        assertThat(rows)
                .containsExactlyInAnyOrder(
                        "anywhere[s390x] SUCCESSFUL", "withJUnit4[s390x] SUCCESSFUL", "there[s390x][1] SUCCESSFUL");
    }

    @Suite
    @SelectClasses({AnywhereTestCase.class, WithJUnit4TestCase.class, AlsoForeignTestCase.class})
    @ForeignArch("s390x")
    @ForeignJvm
    static class WhollyForeignSuite {}

    static class AnywhereTestCase {
        @Test
        void anywhere() {
            assertThat(InsideForeignJvm.architecture()).contains(Architecture.S390X);
        }
    }

    public static class WithJUnit4TestCase {
        @org.junit.Test
        public void withJUnit4() {
            assertThat(InsideForeignJvm.architecture()).contains(Architecture.S390X);
        }
    }

    @ForeignArch("s390x")
    @ForeignJvm
    static class AlsoForeignTestCase {
        @Test
        void there() {
            assertThat(InsideForeignJvm.architecture()).contains(Architecture.S390X);
        }
    }

    @Test
    void aSuiteWithArchitecturesButNoForeignJvmIsRefused() {
        run(RepeatedSuite.class);

        assertThat(rows)
                .containsExactly(refused("RepeatedSuite", "@ForeignArch(\"s390x\") on class", "junit-platform-suite"));
    }

    @Suite
    @SelectClasses(PlainTestCase.class)
    @ForeignArch("s390x")
    static class RepeatedSuite {}

    @Test
    void aSuiteOfJUnit4RunsItsForeignMembersThere() {
        run(VintageSuiteTestCase.class);

        assertThat(rows).containsExactlyInAnyOrder("here SUCCESSFUL", "there[s390x] SUCCESSFUL");
    }

    @RunWith(org.junit.runners.Suite.class)
    @org.junit.runners.Suite.SuiteClasses({VintagePlainTestCase.class, VintageForeignTestCase.class})
    public static class VintageSuiteTestCase {}

    public static class VintagePlainTestCase {
        @org.junit.Test
        public void here() {
            assertThat(InsideForeignJvm.isTrue()).isFalse();
        }
    }

    @ForeignArch("s390x")
    @ForeignJvm
    public static class VintageForeignTestCase {
        @org.junit.Test
        public void there() {
            assertThat(InsideForeignJvm.architecture()).contains(Architecture.S390X);
        }
    }

    @Test
    void aClassOfJUnit4WithArchitecturesIsRefused() {
        run(VintageRepeatedTestCase.class);

        assertThat(rows)
                .containsExactly(refused(
                        "VintageRepeatedTestCase", "@ForeignArch({\"s390x\", \"arm32v7\"}) on class", "junit-vintage"));
    }

    @ForeignArch({"s390x", "arm32v7"})
    public static class VintageRepeatedTestCase {
        @org.junit.Test
        public void test() {}
    }

    @Test
    void aMethodOfJUnit4WithAnArchitectureIsRefused() {
        run(VintageMethodTestCase.class);

        assertThat(rows)
                .containsExactly(
                        refused("VintageMethodTestCase", "@ForeignArch(\"s390x\") on method test of", "junit-vintage"));
    }

    public static class VintageMethodTestCase {
        @org.junit.Test
        public void other() {}

        @org.junit.Test
        @ForeignArch("s390x")
        public void test() {}
    }

    @Test
    void aMemberOfASuiteOfJUnit4WithArchitecturesIsRefusedAndTheOthersRun() {
        run(VintageSuiteOfRefusedTestCase.class);

        assertThat(rows)
                .containsExactlyInAnyOrder(
                        "here SUCCESSFUL",
                        refused(
                                "VintageRepeatedTestCase",
                                "@ForeignArch({\"s390x\", \"arm32v7\"}) on class",
                                "junit-vintage"));
    }

    @RunWith(org.junit.runners.Suite.class)
    @org.junit.runners.Suite.SuiteClasses({VintagePlainTestCase.class, VintageRepeatedTestCase.class})
    public static class VintageSuiteOfRefusedTestCase {}

    private static String refused(String type, String declaration, String engine) {
        return type + " FAILED org.junit.platform.commons.JUnitException: " + declaration + " " + type
                + " would have no effect: the test engine '" + engine
                + "' runs the class, and it does not know ForeignArch's annotations. Its tests would run once, on this"
                + " machine's own architecture. Put @ForeignArch and @ForeignJvm on the class itself and select that"
                + " class, so that it runs in a JVM of the architecture, whatever its engine; or write the test for"
                + " JUnit Jupiter.";
    }

    private void run(Class<?>... classes) {
        try (LauncherSession session = LauncherFactory.openSession()) {
            session.getLauncher()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(Stream.of(classes)
                                            .map(type -> selectClass(type))
                                            .toList())
                                    .configurationParameter(ForeignArchParameters.REPORT, "none")
                                    .configurationParameter("foreignarch.jvm.launcher", "process")
                                    .build(),
                            new TestExecutionListener() {
                                @Override
                                public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                                    if (test.isTest() || result.getThrowable().isPresent()) {
                                        rows.add((test.isTest() ? test.getLegacyReportingName() : test.getDisplayName())
                                                + " " + result.getStatus()
                                                + result.getThrowable()
                                                        .map(failure -> " " + failure)
                                                        .orElse(""));
                                    }
                                }
                            });
        }
    }
}
