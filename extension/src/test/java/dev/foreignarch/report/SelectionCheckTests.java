package dev.foreignarch.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.jupiter.FakeHost;
import dev.foreignarch.jupiter.ForeignArch;
import dev.foreignarch.jupiter.ForeignArchParameters;
import dev.foreignarch.jupiter.ForeignArchTest;
import dev.foreignarch.jupiter.ForeignJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.commons.JUnitException;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** A run that selects nothing of what its tests declare is no success. */
@ResourceLock(Resources.SYSTEM_OUT)
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class SelectionCheckTests {

    @TempDir
    Path module;

    @ParameterizedTest
    @ValueSource(classes = {RepeatedTestCase.class, MethodTestCase.class, SingleTestCase.class, InJvmTestCase.class})
    void aRunThatSelectsNothingFails(Class<?> testCase) {
        assertThatThrownBy(() -> run("riscv64", Map.of(), testCase))
                .isInstanceOf(JUnitException.class)
                .hasMessage(complaint("riscv64", "s390x"));
    }

    @Test
    void allThatIsDeclaredIsNamed() {
        assertThatThrownBy(() -> run("ppc64le,riscv64", Map.of(), RepeatedTestCase.class, OtherTestCase.class))
                .hasMessage(complaint("ppc64le, riscv64", "arm32v7, s390x"));
    }

    @Test
    void itFailsWithATableToo() throws Exception {
        Files.createFile(module.resolve("pom.xml"));

        assertThatThrownBy(() -> run(
                        "riscv64", Map.of(ForeignArchParameters.REPORT, "target/foreignarch"), SingleTestCase.class))
                .hasMessage(complaint("riscv64", "s390x"));

        assertThat(module.resolve("target/foreignarch/matrix.md")).content().contains("0 passed, 0 failed, 1 skipped");
    }

    @Test
    void itPassesIfItIsAllowedTo() {
        assertThatNoException()
                .isThrownBy(
                        () -> run("riscv64", Map.of(ForeignArchParameters.UNMATCHED, "pass"), RepeatedTestCase.class));
    }

    @Test
    void aRunThatSelectsSomethingPasses() {
        assertThatNoException()
                .isThrownBy(() -> run("riscv64,arm32v7", Map.of(), RepeatedTestCase.class, OtherTestCase.class));
    }

    @Test
    void aRunWithoutArchitecturesPasses() {
        assertThatNoException().isThrownBy(() -> run("riscv64", Map.of(), PlainTestCase.class));
    }

    private static String complaint(String selected, String declared) {
        return "foreignarch.only selects " + selected + ", but the tests of this run declare " + declared
                + ", so that none of them ran on any architecture. Select one of those, or, where the tests of other modules"
                + " declare " + selected + ", let this one pass: foreignarch.unmatched=pass.";
    }

    @ForeignArch("s390x")
    @ExtendWith(FakeHost.Installation.class)
    static class RepeatedTestCase {
        @Test
        void test(Architecture architecture) {}
    }

    @ForeignArch("arm32v7")
    @ExtendWith(FakeHost.Installation.class)
    static class OtherTestCase {
        @Test
        void test(Architecture architecture) {}
    }

    @ExtendWith(FakeHost.Installation.class)
    static class MethodTestCase {
        @ForeignArchTest("s390x")
        void test(Architecture architecture) {}
    }

    @ExtendWith(FakeHost.Installation.class)
    static class SingleTestCase {
        @Test
        @ForeignArch("s390x")
        void test(Architecture architecture) {}
    }

    @ForeignArch("s390x")
    @ForeignJvm
    static class InJvmTestCase {
        @Test
        void test(Architecture architecture) {}
    }

    static class PlainTestCase {
        @Test
        void test() {}
    }

    private void run(String only, Map<String, String> parameters, Class<?>... testCases) {
        String basedir = System.getProperty("basedir");
        System.setProperty("basedir", module.toString());
        try (LauncherSession session = LauncherFactory.openSession()) {
            session.getLauncher()
                    .execute(LauncherDiscoveryRequestBuilder.request()
                            .selectors(Arrays.stream(testCases)
                                    .map(type -> selectClass(type))
                                    .toList())
                            .configurationParameters(new FakeHost().parameters())
                            .configurationParameter(ForeignArchParameters.REPORT, "none")
                            .configurationParameter(ForeignArchParameters.ONLY, only)
                            .configurationParameters(parameters)
                            .build());
        } finally {
            if (basedir == null) {
                System.clearProperty("basedir");
            } else {
                System.setProperty("basedir", basedir);
            }
        }
    }
}
