package dev.foreignarch.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.emulation.Verdict;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SightingTests {

    private static final Verdict QEMU =
            new Verdict.Emulated(Architecture.S390X, "/foreignarch/qemu-s390x-static", Optional.of("7.2.22"));
    private static final Verdict ROSETTA =
            new Verdict.Emulated(Architecture.AMD64, "/run/rosetta/rosetta", Optional.empty());
    private static final Verdict HIDDEN =
            new Verdict.Emulated(Architecture.AMD64, "an emulator that the engine hides", Optional.empty());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/foreignarch/qemu-s390x-static /usr/bin/sleep sleep 100",
                "/usr/bin/qemu-s390x /usr/bin/sleep sleep 100",
                "/usr/libexec/qemu-binfmt/s390x-binfmt-P /usr/bin/sleep sleep 100",
                "/foreignarch/qemu-s390x-static -0 sleep /bin/sleep 100"
            })
    void anEmulatedProcess(String command) {
        Sighting seen = Sighting.of(List.of(command), QEMU);

        assertThat(seen.emulators()).containsExactly(command.split(" ")[0]);
        assertThat(seen.wrong()).isEmpty();
        assertThat(seen.isAllWrong()).isFalse();
        assertThat(seen.isCertain(QEMU)).isTrue();
    }

    @Test
    void aNativeProcessBesideAnEmulatedOneIsNamedWithoutItsArguments() {
        Sighting seen = Sighting.of(
                List.of(
                        "/foreignarch/qemu-s390x-static /bin/sh sh",
                        "/bin/tool --password=x",
                        "postgres: checkpointer"),
                QEMU);

        assertThat(seen.wrong()).containsExactly("/bin/tool natively", "postgres natively");
        assertThat(seen.isAllWrong()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/foreignarch/qemu-arm-static", "/usr/libexec/qemu-binfmt/arm-binfmt-P"})
    void aProcessOfAThirdArchitecture(String emulator) {
        Sighting seen = Sighting.of(List.of(emulator + " /bin/tool tool"), QEMU);

        assertThat(seen.wrong()).containsExactly("/bin/tool by " + emulator);
        assertThat(seen.isAllWrong()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/usr/bin/qemu-arm-static", "/usr/libexec/qemu-binfmt/arm-binfmt-P"})
    void aProcessOf32BitsMayBeMeantOn64(String emulator) {
        Verdict arm64 = new Verdict.Emulated(Architecture.ARM64V8, "/usr/bin/qemu-aarch64-static", Optional.of("7.2"));

        assertThat(Sighting.of(List.of(emulator + " /bin/tool tool"), arm64).isEmpty())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/sbin/docker-init -- sh -c sleep 100",
                "/run/podman-init -- sh",
                "[sh] <defunct>",
                "[sh]",
                "runc init",
                "/usr/bin/crun exec 1234",
                "/proc/self/exe init",
                ""
            })
    void whatIsNoProgramOfTheImage(String command) {
        assertThat(Sighting.of(List.of(command), QEMU).isEmpty()).isTrue();
    }

    @Test
    void everythingNative() {
        Sighting seen = Sighting.of(List.of("/sbin/docker-init -- sh", "sleep 100", "[ -f /x ]"), QEMU);

        assertThat(seen.isAllWrong()).isTrue();
        assertThat(seen.isCertain(QEMU)).isTrue();
    }

    @Test
    void anEmulatorThatIsNotQemuProvesNothingUntilItIsSeen() {
        assertThat(Sighting.of(List.of("sleep 100"), ROSETTA).isCertain(ROSETTA))
                .isFalse();
        assertThat(Sighting.of(List.of("/run/rosetta/rosetta /bin/sleep sleep 100", "tool"), ROSETTA)
                        .isCertain(ROSETTA))
                .isTrue();
        assertThat(Sighting.of(List.of("sleep 100"), HIDDEN).isCertain(HIDDEN)).isFalse();
        assertThat(Sighting.of(List.of("[rosetta] /bin/sleep sleep 100"), HIDDEN)
                        .isCertain(HIDDEN))
                .isFalse();
    }
}
