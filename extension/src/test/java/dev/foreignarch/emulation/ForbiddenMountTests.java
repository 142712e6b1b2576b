package dev.foreignarch.emulation;

import static dev.foreignarch.arch.Architecture.RISCV64;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foreignarch.engine.PrivateEngine;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An engine whose containers may not mount the table, whatever their privileges: most are older than Linux 6.7. */
@Tag("engine")
class ForbiddenMountTests {

    @RegisterExtension
    static final PrivateEngine HOST = PrivateEngine.with("--forbid-mount");

    @Test
    void says_that_mounting_is_not_allowed() {
        try (Emulation emulation = Emulation.on(HOST.engine(), EmulationSettings.DEFAULT)) {
            assertThat(Answer.ofPreparing(emulation, RISCV64)).isEqualTo("""
                    Programs for riscv64 can't run here: an emulator must be registered, and the engine's host neither has mounted binfmt_misc, the kernel's table of emulators, nor lets a container mount it.
                      seen: the kernel refused the probe: exec format error (ENOEXEC)
                      seen: a privileged container can't mount binfmt_misc: operation not permitted (EPERM)
                      seen: engine: %s
                      remedy: let root mount it on the engine's host: sudo mount -t binfmt_misc binfmt_misc /proc/sys/fs/binfmt_misc""".formatted(HOST.engine()));
        }
    }
}
