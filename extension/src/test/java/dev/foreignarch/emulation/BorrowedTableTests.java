package dev.foreignarch.emulation;

import static dev.foreignarch.arch.Architecture.ARM32V7;
import static dev.foreignarch.arch.Architecture.LOONG64;
import static dev.foreignarch.arch.Architecture.S390X;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foreignarch.engine.PrivateEngine;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Engines that borrow the table of a machine around them: whoever mounts one in there cuts them off from it, for ever. */
@Tag("engine")
class BorrowedTableTests {

    @RegisterExtension
    @Order(1)
    static final PrivateEngine AROUND = PrivateEngine.with();

    @RegisterExtension
    @Order(2)
    static final PrivateEngine INSIDE = PrivateEngine.inside(AROUND, "--inherit");

    @RegisterExtension
    @Order(3)
    static final PrivateEngine ROOTLESS = PrivateEngine.with("--rootless");

    @Test
    void an_engine_in_a_user_namespace_keeps_what_it_borrows() {
        AROUND.sh("printf '%s' '"
                + Handler.of(S390X, "/usr/bin/qemu-s390x-static", "F").registration() + "' > " + HandlerTable.PATH
                + "/register");
        try (Emulation emulation = Emulation.on(INSIDE.engine(), EmulationSettings.DEFAULT)) {
            assertThat(Answer.ofPreparing(emulation, LOONG64)).isEqualTo("""
                    Programs for loong64 can't run here: no emulator for them is registered with the kernel of the engine's host, and registering one from here would switch off those that are: this engine lives in a container or user namespace, and borrows the table of the machine around it.
                      seen: the kernel refused the probe: exec format error (ENOEXEC)
                      seen: the engine runs s390x, though /proc/sys/fs/binfmt_misc of its host shows no emulator for it
                      seen: engine: %s
                      remedy: on the machine around the engine, let root install one: sudo apt-get install qemu-user-static""".formatted(INSIDE.engine()));
            assertThat(emulation.prepare(S390X).summary()).startsWith("emulated by /usr/bin/qemu-s390x-static");
        }
    }

    @Test
    void a_rootless_engine_keeps_what_it_borrows() {
        try (Emulation machine = Emulation.onDefaultEngine(EmulationSettings.DEFAULT);
                Emulation rootless = Emulation.on(ROOTLESS.engine(), EmulationSettings.DEFAULT)) {
            machine.prepare(ARM32V7).orThrow();

            assertThat(Answer.ofPreparing(rootless, LOONG64)).isEqualTo("""
                    Programs for loong64 can't run here: no emulator for them is registered with the kernel of the engine's host, and a rootless engine may not register one there.
                      seen: the kernel refused the probe: exec format error (ENOEXEC)
                      seen: engine: %s
                      remedy: let root install one on the engine's host: sudo apt-get install qemu-user-static""".formatted(ROOTLESS.engine()));
            assertThat(rootless.prepare(ARM32V7)).isInstanceOf(Verdict.Emulated.class);
        }
    }
}
