package dev.foreignarch.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.jupiter.FakeHost;
import dev.foreignarch.jupiter.ForeignArch;
import dev.foreignarch.jupiter.ForeignArchParameters;
import dev.foreignarch.jupiter.ForeignJvm;
import dev.foreignarch.settings.ParameterNames;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** A parameter that does not exist is refused before anything is prepared, and plain tests don't mind. */
class UnknownParametersTests {

    private static final String MISSPELT = "foreignarch.registraton";

    private static String refusal() {
        return ParameterNames.refusal(List.of(MISSPELT)).orElseThrow();
    }

    @Test
    void byAClassWithArchitectures() {
        assertThat(ForeignRun.of(RepeatedTestCase.class).with(MISSPELT, "never").outcomes())
                .containsExactly(Map.entry(
                        "UnknownParametersTests$RepeatedTestCase",
                        "FAILED org.junit.jupiter.api.extension.ExtensionConfigurationException: " + refusal()));
    }

    @ForeignArch("s390x")
    static class RepeatedTestCase {
        @Test
        void test(Architecture architecture) {}
    }

    @Test
    void byATestWithAnArchitecture() {
        assertThat(ForeignRun.of(SingleTestCase.class).with(MISSPELT, "never").outcomes())
                .containsExactly(
                        Map.entry("plain()", "SUCCESSFUL"),
                        Map.entry(
                                "test(Architecture)",
                                "FAILED org.junit.jupiter.api.extension.ExtensionConfigurationException: "
                                        + refusal()));
    }

    static class SingleTestCase {
        @Test
        void plain() {}

        @Test
        @ForeignArch("s390x")
        void test(Architecture architecture) {}
    }

    @Test
    void byAClassInForeignJvms() {
        assertThat(ForeignRun.of(ForeignTestCase.class).with(MISSPELT, "never").outcomes())
                .containsExactly(Map.entry(
                        "UnknownParametersTests$ForeignTestCase",
                        "FAILED org.junit.platform.commons.JUnitException: " + refusal()));
    }

    @ForeignArch("s390x")
    @ForeignJvm
    static class ForeignTestCase {
        @Test
        void test(Architecture architecture) {}
    }

    @Test
    void notByTheNextRunOfTheSameSession() {
        Map<String, String> misspelt = new HashMap<>(new FakeHost().parameters());
        misspelt.put(MISSPELT, "never");
        try (LauncherSession session = LauncherFactory.openSession()) {
            assertThat(failures(session, misspelt)).containsExactly(refusal());
            assertThat(failures(session, new FakeHost().parameters())).isEmpty();
        }
    }

    private static List<String> failures(LauncherSession session, Map<String, String> parameters) {
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        session.getLauncher()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .configurationParameters(parameters)
                                .configurationParameter(ForeignArchParameters.REPORT, "none")
                                .selectors(selectClass(OnAFakeTestCase.class))
                                .build(),
                        summary);
        return summary.getSummary().getFailures().stream()
                .map(failure -> String.valueOf(failure.getException().getMessage()))
                .toList();
    }

    @ExtendWith(FakeHost.Installation.class)
    @ForeignArch("s390x")
    static class OnAFakeTestCase {
        @Test
        void test(Architecture architecture) {}
    }

    @Test
    void notByPlainTests() {
        assertThat(ForeignRun.of(PlainTestCase.class).with(MISSPELT, "never").outcomes())
                .containsExactly(Map.entry("plain()", "SUCCESSFUL"));
    }

    static class PlainTestCase {
        @Test
        void plain() {}
    }
}
