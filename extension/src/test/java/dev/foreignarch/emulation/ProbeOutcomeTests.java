package dev.foreignarch.emulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.arch.ElfFile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProbeOutcomeTests {

    @Test
    void reads_what_the_helper_prints() {
        Map<String, ProbeOutcome> outcomes = ProbeOutcome.parse("""
                probe /a
                interpreter /usr/bin/qemu-arm-static
                version qemu-arm version 7.2.22 (Debian 1:7.2+dfsg-7+deb12u18)
                exited 42
                probe /b
                refused 8
                probe /c
                output qemu: uncaught target signal 11 (Segmentation fault) - core dumped
                output and more
                signaled 11
                probe /d
                timeout
                """);

        assertThat(outcomes).containsOnlyKeys("/a", "/b", "/c", "/d");
        assertThat(outcomes.get("/a").ran()).isTrue();
        assertThat(outcomes.get("/a").interpreter()).contains("/usr/bin/qemu-arm-static");
        assertThat(outcomes.get("/a").version().map(QemuVersion::number)).contains("7.2.22");
        assertThat(outcomes.values()).extracting(ProbeOutcome::ran).containsExactly(true, false, false, false);
        assertThat(outcomes.values().stream().skip(1).map(ProbeOutcome::describe))
                .containsExactly(
                        "the kernel refused the probe: exec format error (ENOEXEC)",
                        "the probe was killed by signal 11 (it printed: qemu: uncaught target signal 11 (Segmentation"
                                + " fault) - core dumped / and more)",
                        "the probe did not end within 10 s");
    }

    @Test
    void an_exit_code_of_success_is_no_proof() {
        assertThat(ProbeOutcome.parse("probe /a\nexited 0\n").get("/a").ran()).isFalse();
    }

    @Test
    void refuses_what_the_helper_never_prints() {
        assertThatThrownBy(() -> ProbeOutcome.parse("Segmentation fault"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the helper printed 'Segmentation fault'");
    }

    @ParameterizedTest
    @EnumSource
    void every_architecture_has_a_static_probe_of_its_own_identity(Architecture architecture) {
        assertThat(ElfFile.read(ProbeProgram.of(architecture))).hasValueSatisfying(file -> {
            assertThat(file.identity()).isEqualTo(architecture.elf());
            assertThat(file.loader()).isEmpty();
        });
    }

    @Test
    void the_version_of_an_emulator_is_a_number() {
        assertThat(List.of("qemu-arm version 10.0.13 (Debian)", "qemu-s390x version 9.2", "FEX-2411"))
                .extracting(QemuVersion::number)
                .containsExactly("10.0.13", "9.2", "FEX-2411");
        assertThat(QemuVersion.major("qemu-arm version 10.0.13")).isEqualTo(10);
        assertThat(QemuVersion.major("FEX-2411")).isZero();
    }

    @Test
    void nothing_has_come_of_no_output() {
        assertThat(ProbeOutcome.parse("")).isEmpty();
    }

    @Test
    void what_a_program_prints_may_have_carriage_returns() {
        assertThat(ProbeOutcome.parse("probe /a\noutput 50 %\rdone\nexited 42\n")
                        .get("/a")
                        .output())
                .containsExactly("50 %\rdone");
    }
}
