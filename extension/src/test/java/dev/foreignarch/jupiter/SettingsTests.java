package dev.foreignarch.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.emulation.EmulationSettings;
import dev.foreignarch.emulation.Registration;
import dev.foreignarch.program.ProgramSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestExecutionResult;

@ExtendWith(Journal.class)
class SettingsTests {

    private static Settings read(String name, String value) {
        return Settings.read(asked -> Optional.ofNullable(Map.of(name, value).get(asked)));
    }

    @Test
    void theSettingsOfSomebodyWhoDecidesNothing() {
        Settings settings = Settings.read(name -> Optional.empty());

        assertThat(settings)
                .isEqualTo(new Settings(
                        new ArchitectureSelection(Set.of()),
                        false,
                        false,
                        false,
                        EmulationSettings.DEFAULT,
                        Duration.ofMinutes(5),
                        OptionalInt.empty(),
                        false,
                        ProgramSettings.DEFAULT));
        assertThat(Architecture.values()).allMatch(settings.selection()::includes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ForeignArchParameters.ONLY,
                ForeignArchParameters.REGISTRATION,
                ForeignArchParameters.UNAVAILABLE,
                ForeignArchParameters.UNUSED,
                ForeignArchParameters.CONTAINERS,
                ForeignArchParameters.HELPER_IMAGE,
                ForeignArchParameters.STARTUP_TIMEOUT,
                ForeignArchParameters.PARALLELISM,
                ForeignArchParameters.ENGINE,
                ForeignArchParameters.TRACE,
                ForeignArchParameters.GDB_PORT
            })
    void aBlankValueIsAsGoodAsNone(String name) {
        assertThat(read(name, "  ")).isEqualTo(Settings.read(any -> Optional.empty()));
    }

    @Test
    void architecturesAreSelectedByAnyName() {
        ArchitectureSelection selection = read(ForeignArchParameters.ONLY, " s390x,linux/arm/v7, ,aarch64,")
                .selection();

        assertThat(selection.wanted())
                .containsExactlyInAnyOrder(Architecture.S390X, Architecture.ARM32V7, Architecture.ARM64V8);
        assertThat(selection).hasToString("arm32v7, arm64v8, s390x");
    }

    @Test
    void settingsOfTheEmulationAreReadToo() {
        assertThat(read(ForeignArchParameters.REGISTRATION, "never").emulation().registration())
                .isEqualTo(Registration.NEVER);
        assertThat(read(ForeignArchParameters.HELPER_IMAGE, "qemu:1")
                        .emulation()
                        .helperImage())
                .contains("qemu:1");
        assertThat(read(ForeignArchParameters.UNAVAILABLE, "SKIP").skipUnavailable())
                .isTrue();
        assertThat(read(ForeignArchParameters.UNAVAILABLE, "fail").skipUnavailable())
                .isFalse();
    }

    @Test
    void whatIsUnusedOrUnbound() {
        assertThat(read(ForeignArchParameters.UNUSED, "Pass").passUnused()).isTrue();
        assertThat(read(ForeignArchParameters.UNUSED, "fail").passUnused()).isFalse();
        assertThat(read(ForeignArchParameters.CONTAINERS, "all").allContainers())
                .isTrue();
        assertThat(read(ForeignArchParameters.CONTAINERS, "bound").allContainers())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"300, PT5M", "PT90S, PT1M30S", "pt2m, PT2M"})
    void aTimeoutIsWrittenInOneOfTwoWays(String text, Duration timeout) {
        assertThat(read(ForeignArchParameters.STARTUP_TIMEOUT, text).startupTimeout())
                .isEqualTo(timeout);
    }

    @Test
    void theNumberOfContainersThatStartAtOnce() {
        assertThat(read(ForeignArchParameters.PARALLELISM, "3").parallelism()).hasValue(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "foreignarch.only | s390x, s390y | foreignarch.only is 's390x, s390y', but 's390y' is not an"
                        + " architecture that ForeignArch knows. Did you mean 's390x'? Known are amd64, i386, arm32v5,"
                        + " arm32v6, arm32v7, arm64v8, mips64le, ppc64le, riscv64, s390x, loong64, and their other names"
                        + " such as linux/arm/v7, armhf or aarch64.",
                "foreignarch.unavailable | ignore | foreignarch.unavailable is 'ignore', but only 'fail' and 'skip'"
                        + " have a meaning.",
                "foreignarch.unused | skip | foreignarch.unused is 'skip', but only 'fail' and 'pass' have a meaning.",
                "foreignarch.containers | none | foreignarch.containers is 'none', but only 'bound' and 'all' have a"
                        + " meaning.",
                "foreignarch.registration | maybe | foreignarch.registration is 'maybe', but only 'auto', 'never',"
                        + " 'temporary', 'repair' and 'namespace' have a meaning.",
                "foreignarch.startup.timeout | soon | foreignarch.startup.timeout is 'soon', but that is no length of"
                        + " time. Write a number of seconds such as 300, or an ISO-8601 duration such as PT5M.",
                "foreignarch.parallelism | 0 | foreignarch.parallelism is '0', but it is the number of emulated"
                        + " containers that may start at once: 1 or more.",
                "foreignarch.parallelism | many | foreignarch.parallelism is 'many', but it is the number of emulated"
                        + " containers that may start at once: 1 or more.",
                "foreignarch.startup.timeout | 0 | foreignarch.startup.timeout is '0', but everything needs"
                        + " some time. Write a number of seconds such as 300, or an ISO-8601 duration such as PT5M.",
                "foreignarch.startup.timeout | -PT1M | foreignarch.startup.timeout is '-PT1M', but everything needs"
                        + " some time. Write a number of seconds such as 300, or an ISO-8601 duration such as PT5M."
            })
    void aValueWithoutMeaningIsRefused(String name, String value, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> read(name, value)).withMessage(message);
    }

    @ParameterizedTest
    @ValueSource(classes = {ClassTestCase.class, MethodTestCase.class, ManyTestCase.class})
    void aRefusedValueIsTheFailureOfTheTest(Class<?> testCase) {
        assertThat(new FakeHost()
                        .withParameter(ForeignArchParameters.UNAVAILABLE, "ignore")
                        .run(testCase)
                        .allEvents()
                        .failed()
                        .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                                .getThrowable()
                                .orElseThrow()))
                .singleElement()
                .extracting(Throwable::getMessage)
                .isEqualTo("foreignarch.unavailable is 'ignore', but only 'fail' and 'skip' have a meaning.");
    }

    @ExtendWith(FakeHost.Installation.class)
    @ForeignArch({"arm64v8", "s390x"})
    static class ClassTestCase {
        @Test
        void test() {}
    }

    @ExtendWith(FakeHost.Installation.class)
    static class MethodTestCase {
        @Test
        @ForeignArch("s390x")
        void test() {}
    }

    @ExtendWith(FakeHost.Installation.class)
    static class ManyTestCase {
        @ForeignArchTest("s390x")
        void test() {}
    }
}
