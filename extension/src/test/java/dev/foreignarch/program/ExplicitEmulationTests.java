package dev.foreignarch.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.emulation.Emulation;
import dev.foreignarch.emulation.EmulationMode;
import dev.foreignarch.emulation.EmulationSettings;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Runs foreign programs by an emulator that is put before the command, without any handler: as processes of this machine,
 * and in containers. The engine only lends the programs for the former.
 */
@Tag("engine")
class ExplicitEmulationTests {

    @TempDir
    static Path directory;

    private static Emulation emulation;
    private static Programs machine;
    private static Programs engine;

    @BeforeAll
    static void prepare() {
        emulation = Emulation.onDefaultEngine(EmulationSettings.DEFAULT);
        machine = Programs.onThisMachine(ProgramSettings.DEFAULT);
        engine = Programs.on(emulation, ProgramSettings.DEFAULT);
    }

    @AfterAll
    static void close() {
        machine.close();
        engine.close();
        emulation.close();
    }

    private static ProgramSpec busybox(Architecture architecture) throws Exception {
        return ProgramSpec.of(
                Busybox.install(emulation.engine(), architecture, directory).toString());
    }

    @ParameterizedTest
    @EnumSource(
            value = Architecture.class,
            names = {"ARM32V7", "S390X"})
    void runs_static_program_without_engine(Architecture architecture) throws Exception {
        try (Program program = machine.open(busybox(architecture), architecture)) {
            ProgramResult result = program.call().input("in").run("sh", "-c", "cat; echo err >&2; exit 139");

            assertThat(result.stdout()).isEqualTo("in");
            assertThat(result.stderr()).isEqualTo("err\n");
            assertThat(result.exitCode()).isEqualTo(139);
            assertThat(result.signal()).isEmpty();
            assertThat(program.run("sh", "-c", "kill -11 $$").signal()).contains(Signal.SEGMENTATION_FAULT);
            assertThat(program.run("uname", "-m").stdout()).isEqualTo(architecture.machineName() + "\n");
            assertThat(program.summary())
                    .isEqualTo("explicit emulation by /usr/bin/qemu-" + architecture.qemuTarget()
                            + "-static of this machine");
        }
    }

    @Test
    void puts_emulator_before_the_command_when_forced() throws Exception {
        ProgramSpec spec = busybox(Architecture.ARM32V7).withEmulation(EmulationMode.EXPLICIT);
        try (Program program = engine.open(spec, Architecture.ARM32V7)) {
            assertThat(program.run("cat", "/proc/1/comm", "/proc/self/comm").exitCode())
                    .isZero();
            assertThat(program.run("uname", "-m").stdout()).isEqualTo("armv7l\n");
            assertThat(program.summary()).startsWith("explicit emulation by ");
        }
    }

    @Test
    void has_the_cpu_model_that_the_user_names() throws Exception {
        ProgramSpec spec = busybox(Architecture.ARM32V7).withCpu("cortex-a57x");
        try (Program program = engine.open(spec, Architecture.ARM32V7)) {
            ProgramResult result = program.run("true");

            assertThat(result.exitCode()).isNotZero();
            assertThat(result.notes())
                    .containsExactly("QEMU knows no CPU model cortex-a57x for arm32v7. The command qemu-arm-static -cpu"
                            + " help lists those that it knows.");
        }
    }

    @Test
    void records_system_calls() throws Exception {
        try (Programs traced = Programs.on(
                        emulation,
                        new ProgramSettings(true, OptionalInt.empty(), ProgramSettings.DEFAULT.mostOutput()));
                Program program = traced.open(busybox(Architecture.ARM32V7), Architecture.ARM32V7)) {
            ProgramResult result = program.run("echo", "hi");

            assertThat(result.stdout()).isEqualTo("hi\n");
            assertThat(result.stderr()).isEmpty();
            assertThat(program.trace().orElseThrow()).contains("write(1,").contains("exit_group(0)");
        }
    }

    @Test
    void traces_nothing_unless_asked() throws Exception {
        try (Program program = engine.open(busybox(Architecture.ARM32V7), Architecture.ARM32V7)) {
            program.run("true");
            assertThat(program.trace()).isEqualTo(Optional.empty());
        }
    }
}
