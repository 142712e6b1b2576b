package dev.foreignarch.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.jupiter.DisabledOnForeignArch;
import dev.foreignarch.jupiter.EnabledOnForeignArch;
import dev.foreignarch.jupiter.ForeignArch;
import dev.foreignarch.jupiter.ForeignArchParameters;
import dev.foreignarch.jupiter.ForeignContainer;
import dev.foreignarch.jupiter.ForeignJvm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.Filter;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Whatever selects tests selects tests in foreign JVMs, through the Launcher that build tools use. */
@Tag("engine") // It needs none, but starting many JVMs takes longer than a unit test may.
class SelectionTests {

    private static final String CLASS_ID = "[engine:foreignarch-jvm]/[class:" + WatchedTestCase.class.getName() + "]";

    /** What ran, by the names that reports show; a failure has its text. */
    private final List<String> rows = new ArrayList<>();

    @Test
    void aClassRunsOnEachArchitectureAndNotHere() {
        run(Map.of(), List.of(selectClass(WatchedTestCase.class)));

        assertThat(rows)
                .containsExactlyInAnyOrder(
                        "plain[s390x]",
                        "tagged[s390x]",
                        "numbers(int)[s390x][1]",
                        "numbers(int)[s390x][2]",
                        "inner[s390x]",
                        "knowsItsArchitecture(Architecture)[s390x]",
                        "plain[arm/v7]",
                        "tagged[arm/v7]",
                        "numbers(int)[arm/v7][1]",
                        "numbers(int)[arm/v7][2]",
                        "inner[arm/v7]",
                        "knowsItsArchitecture(Architecture)[arm/v7]");
    }

    @Test
    void aMethodRunsAlone() {
        run(Map.of(), List.of(selectMethod(WatchedTestCase.class, "plain")));

        assertThat(rows).containsExactly("plain[s390x]", "plain[arm/v7]");
    }

    @Test
    void tagsAndArchitecturesSelect() {
        run(
                Map.of(ForeignArchParameters.ONLY, "s390x"),
                List.of(selectClass(WatchedTestCase.class)),
                TagFilter.includeTags("tagged"));

        assertThat(rows).containsExactly("tagged[s390x]");
    }

    @Test
    void uniqueIdsSelectOneCell() {
        run(
                Map.of(),
                List.of(
                        selectUniqueId(CLASS_ID + "/[architecture:arm32v7]/[nested-class:Inner]/[method:inner()]"),
                        selectUniqueId(CLASS_ID
                                + "/[architecture:s390x]/[test-template:numbers(int)]/[test-template-invocation:#2]")));

        assertThat(rows).containsExactlyInAnyOrder("inner[arm/v7]", "numbers(int)[s390x][2]");
    }

    @Test
    void aPackageIsSearched() {
        run(
                Map.of(ForeignArchParameters.ONLY, "s390x"),
                List.of(selectPackage(getClass().getPackageName())),
                TagFilter.includeTags("inner-only"));

        assertThat(rows).containsExactly("inner[s390x]");
    }

    @Test
    void conditionsAreDecidedInTheForeignJvm() {
        run(Map.of(), List.of(selectClass(ConditionalTestCase.class)));

        assertThat(rows)
                .containsExactlyInAnyOrder(
                        "skipped here[s390x]: @DisabledOnForeignArch leaves out s390x ==> it has no library",
                        "only[s390x]",
                        "here[arm64v8]",
                        "skipped only[arm64v8]: @EnabledOnForeignArch leaves out arm64v8");
    }

    @Test
    void aClassIsSkippedAsAWhole() {
        run(Map.of(), List.of(selectClass(DisabledTestCase.class), selectClass(PartlyDisabledTestCase.class)));

        assertThat(rows)
                .containsExactlyInAnyOrder(
                        "skipped plain[s390x]: not yet",
                        "skipped inner[s390x]: not yet",
                        "skipped plain[s390x]: @DisabledOnForeignArch leaves out s390x ==> it has no library",
                        "plain[arm64v8]");
    }

    @Test
    void anExcludedEngineIsNotedRatherThanTestsForgotten() {
        run(Map.of(), List.of(selectClass(ExcludedTestCase.class)));
        assertThat(rows).containsExactly("plain[s390x]");
        rows.clear();

        run(Map.of(), List.of(selectClass(ExcludedTestCase.class)), EngineFilter.includeEngines("junit-jupiter"));

        assertThat(rows)
                .singleElement()
                .asString()
                .contains("the test engine 'foreignarch-jvm' did not get it", ExcludedTestCase.class.getName());
    }

    @Test
    void whatCannotRunIsRefused() {
        run(
                Map.of(),
                List.of(
                        selectClass(NowhereTestCase.class),
                        selectClass(UnknownTestCase.class),
                        selectClass(ContainerTestCase.class)));

        assertThat(rows).hasSize(3);
        assertThat(rows.get(0)).contains("does not say on which architectures to run");
        assertThat(rows.get(1)).contains("s390", "s390x");
        assertThat(rows.get(2))
                .endsWith("@ForeignJvm class " + ContainerTestCase.class.getName()
                        + " declares @ForeignContainer on field redis of ContainerTestCase, but inside the foreign JVM"
                        + " there is no container engine. Move what needs one to a test class without @ForeignJvm; a"
                        + " container that runs already can be reached by its address.");
    }

    private void run(Map<String, String> parameters, List<DiscoverySelector> selectors, Filter<?>... filters) {
        try (LauncherSession session = LauncherFactory.openSession()) {
            session.getLauncher()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .configurationParameter(JvmParameters.LAUNCHER, "process")
                                    .configurationParameter(ForeignArchParameters.REPORT, "none")
                                    .configurationParameters(parameters)
                                    .selectors(selectors)
                                    .filters(filters)
                                    .build(),
                            new Rows());
        }
    }

    private final class Rows implements TestExecutionListener {
        @Override
        public void executionSkipped(TestIdentifier test, String reason) {
            rows.add("skipped " + test.getLegacyReportingName() + ": " + reason);
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (test.isTest() || result.getThrowable().isPresent()) {
                rows.add(test.getLegacyReportingName()
                        + result.getThrowable().map(failure -> ": " + failure).orElse(""));
            }
        }
    }

    @ForeignArch({"s390x", "arm/v7"})
    @ForeignJvm
    static class WatchedTestCase {
        static {
            if (System.getProperty("foreignarch.jvm.architecture") == null) {
                throw new IllegalStateException("the class came to life in the JVM that starts the tests");
            }
        }

        @Test
        void plain() {}

        @Test
        @Tag("tagged")
        void tagged() {}

        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void numbers(int number) {
            assertThat(number).isPositive();
        }

        @Test
        void knowsItsArchitecture(Architecture architecture) {
            assertThat(architecture).isIn(Architecture.S390X, Architecture.ARM32V7);
        }

        @Nested
        class Inner {
            @Test
            @Tag("inner-only")
            void inner() {}
        }
    }

    @ForeignArch({"s390x", "arm64v8"})
    @ForeignJvm
    static class ConditionalTestCase {
        @Test
        @DisabledOnForeignArch(value = "s390x", reason = "it has no library")
        void here() {}

        @Test
        @EnabledOnForeignArch("s390x")
        void only() {}
    }

    @ForeignArch("s390x")
    @ForeignJvm
    @Disabled("not yet")
    static class DisabledTestCase {
        @Test
        void plain() {}

        @Nested
        class Inner {
            @Test
            void inner() {}
        }
    }

    @ForeignArch({"s390x", "arm64v8"})
    @ForeignJvm
    @DisabledOnForeignArch(value = "s390x", reason = "it has no library")
    static class PartlyDisabledTestCase {
        @Test
        void plain() {}
    }

    @ForeignArch("s390x")
    @ForeignJvm
    static class ExcludedTestCase {
        @Test
        void plain() {}
    }

    @ForeignJvm
    static class NowhereTestCase {
        @Test
        void plain() {}
    }

    @ForeignArch("s390")
    @ForeignJvm
    static class UnknownTestCase {
        @Test
        void plain() {}
    }

    @ForeignArch("s390x")
    @ForeignJvm
    static class ContainerTestCase {
        @ForeignContainer("redis:7")
        Object redis = "none";

        @Test
        void plain() {}
    }
}
