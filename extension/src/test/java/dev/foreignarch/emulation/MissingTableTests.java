package dev.foreignarch.emulation;

import static dev.foreignarch.arch.Architecture.RISCV64;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foreignarch.engine.PrivateEngine;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A kernel without binfmt_misc. */
@Tag("engine")
class MissingTableTests {

    @RegisterExtension
    static final PrivateEngine HOST = PrivateEngine.with("--no-binfmt");

    @Test
    void says_that_the_kernel_can_not_emulate() {
        try (Emulation emulation = Emulation.on(HOST.engine(), EmulationSettings.DEFAULT)) {
            assertThat(Answer.ofPreparing(emulation, RISCV64)).isEqualTo("""
                    Programs for riscv64 can't run here: the kernel of the engine's host has no binfmt_misc, the table of emulators.
                      seen: the kernel refused the probe: exec format error (ENOEXEC)
                      seen: a privileged container can't mount binfmt_misc: no such device (ENODEV)
                      seen: engine: %s
                      remedy: load the module on the engine's host (sudo modprobe binfmt_misc), or use another host: some minimal kernels are built without it""".formatted(HOST.engine()));
        }
    }
}
