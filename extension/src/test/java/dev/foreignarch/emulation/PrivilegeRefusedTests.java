package dev.foreignarch.emulation;

import static dev.foreignarch.arch.Architecture.RISCV64;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foreignarch.engine.PrivateEngine;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An engine that refuses privileged containers, on a host that has not mounted the table. */
@Tag("engine")
class PrivilegeRefusedTests {

    @RegisterExtension
    static final PrivateEngine HOST = PrivateEngine.with("--no-binfmt-mount", "--docker20");

    @Test
    void says_that_the_engine_refuses_privileges_and_how_to_need_none() {
        try (Emulation emulation = Emulation.on(HOST.engine(), EmulationSettings.DEFAULT)) {
            Verdict verdict = emulation.prepare(RISCV64);

            assertThat(verdict).isInstanceOf(Verdict.Unavailable.class);
            assertThat(((Verdict.Unavailable) verdict).diagnosis().message()).isEqualTo("""
                    Programs for riscv64 can't run here: an emulator must be registered, and the engine does not run the privileged container that would do it, which is needed since its host has not mounted binfmt_misc, the kernel's table of emulators.
                      seen: the kernel refused the probe: exec format error (ENOEXEC)
                      seen: the engine can't start a container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: unable to apply caps: operation not permitted: unknown
                      seen: engine: %s
                      remedy: mount the table on the engine's host, then no privileged container is needed: sudo mount -t binfmt_misc binfmt_misc /proc/sys/fs/binfmt_misc""".formatted(HOST.engine()));
        }
    }
}
