package dev.foreignarch.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.jupiter.ForeignArch;
import dev.foreignarch.jupiter.ForeignJvm;
import dev.foreignarch.settings.ParameterNames;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
    void notByPlainTests() {
        assertThat(ForeignRun.of(PlainTestCase.class).with(MISSPELT, "never").outcomes())
                .containsExactly(Map.entry("plain()", "SUCCESSFUL"));
    }

    static class PlainTestCase {
        @Test
        void plain() {}
    }
}
