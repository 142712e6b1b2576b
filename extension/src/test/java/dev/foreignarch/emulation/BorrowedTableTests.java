package dev.foreignarch.emulation;

import static dev.foreignarch.arch.Architecture.LOONG64;
import static dev.foreignarch.arch.Architecture.S390X;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.engine.PrivateEngine;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
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
    static final PrivateEngine ROOTLESS = PrivateEngine.inside(AROUND, "--rootless");

    @RegisterExtension
    @Order(4)
    static final PrivateEngine ASKED = PrivateEngine.inside(AROUND, "--rootless");

    @BeforeEach
    void nothing_is_registered() {
        AROUND.sh("echo -1 > " + HandlerTable.PATH + "/status");
    }

    @Test
    void an_engine_in_a_user_namespace_keeps_what_it_borrows() {
        rootRegisters(S390X);
        try (Emulation emulation = emulation(INSIDE, Registration.AUTO)) {
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
    void an_engine_in_a_user_namespace_takes_no_table_that_it_might_borrow_later() {
        String expected = """
                Programs for s390x can't run here: no emulator for them is registered with the kernel of the engine's host, and registering one from here would hide all that are registered later: this engine lives in a container or user namespace, and borrows the table of the machine around it.
                  seen: the kernel refused the probe: exec format error (ENOEXEC)
                  seen: /proc/sys/fs/binfmt_misc of the engine's host shows no table
                  seen: engine: %s
                  remedy: on the machine around the engine, let root install one: sudo apt-get install qemu-user-static, or let ForeignArch use a table of the engine's own: foreignarch.registration=namespace (from then on the engine sees no emulator of the machine around it until it is restarted). If it is installed already, restart the engine: its user namespace may have got a table of its own""".formatted(INSIDE.engine());

        assertSaid(INSIDE, expected);
        rootRegisters(S390X);
        assertRuns(INSIDE, S390X);
    }

    @Test
    void a_rootless_engine_takes_no_table_that_it_might_borrow_later() {
        String expected = """
                Programs for s390x can't run here: no emulator for them is registered with the kernel of the engine's host, and a rootless engine may not register one there.
                  seen: the kernel refused the probe: exec format error (ENOEXEC)
                  seen: engine: %s
                  remedy: let root install one on the engine's host: sudo apt-get install qemu-user-static, or let ForeignArch use a table of the engine's own: foreignarch.registration=namespace (from then on the engine sees no emulator of the machine around it until it is restarted)""".formatted(ROOTLESS.engine());

        assertSaid(ROOTLESS, expected);
        rootRegisters(S390X);
        assertRuns(ROOTLESS, S390X);
    }

    @Test
    void a_rootless_engine_keeps_what_it_borrows() {
        rootRegisters(S390X);
        assertSaid(ROOTLESS, LOONG64, """
                Programs for loong64 can't run here: no emulator for them is registered with the kernel of the engine's host, and a rootless engine may not register one there.
                  seen: the kernel refused the probe: exec format error (ENOEXEC)
                  seen: engine: %s
                  remedy: let root install one on the engine's host: sudo apt-get install qemu-user-static""".formatted(ROOTLESS.engine()));
        try (Emulation emulation = emulation(ROOTLESS, Registration.NAMESPACE)) {
            assertThat(Answer.ofPreparing(emulation, LOONG64)).isEqualTo("""
                    Programs for loong64 can't run here: no emulator for them is registered with the kernel of the engine's host, and registering one from here would switch off those that are: this engine lives in a container or user namespace, and borrows the table of the machine around it.
                      seen: the kernel refused the probe: exec format error (ENOEXEC)
                      seen: the engine runs s390x by what root of its host has registered
                      seen: engine: %s
                      remedy: on the machine around the engine, let root install one: sudo apt-get install qemu-user-static""".formatted(ROOTLESS.engine()));
        }
        assertRuns(ROOTLESS, S390X);
    }

    @Test
    void a_rootless_engine_is_not_told_to_repair_what_is_not_its_own() {
        rootRegisters(S390X);
        AROUND.sh("echo 0 > " + HandlerTable.PATH + "/qemu-s390x");

        assertSaid(ROOTLESS, """
                Programs for s390x can't run here: the emulator that is registered for them as 'qemu-s390x' is switched off.
                  seen: the kernel refused the probe: exec format error (ENOEXEC)
                  seen: qemu-s390x: disabled, interpreter /usr/bin/qemu-s390x-static, flags F
                  seen: engine: %s
                  remedy: switch it on, on the engine's host: echo 1 | sudo tee /proc/sys/fs/binfmt_misc/qemu-s390x""".formatted(ROOTLESS.engine()));
    }

    @Test
    void a_rootless_engine_has_a_table_of_its_own_if_that_is_asked_for_and_it_is_known_afterwards() {
        try (Emulation emulation = emulation(ASKED, Registration.NAMESPACE)) {
            assertThat(emulation.prepare(S390X).summary()).startsWith("emulated by /foreignarch/qemu-s390x-static, ");
            assertThat(AROUND.sh("ls " + HandlerTable.PATH)).isEqualTo("register\nstatus\n");
        }
        rootRegisters(S390X);
        // Others that root's emulator is for, and that were started before or since, see it.
        assertRuns(ROOTLESS, S390X);

        Containers.awaitNone(ASKED);
        assertSaid(ASKED, """
                Programs for s390x can't run here: the engine's host has an emulator for them, 'qemu-s390x', but this rootless engine does not see it: its user namespace has got a table of its own, as foreignarch.registration=namespace gives it one.
                  seen: the kernel refused the probe: exec format error (ENOEXEC)
                  seen: qemu-s390x: enabled, interpreter /usr/bin/qemu-s390x-static, flags F
                  seen: engine: %s
                  remedy: restart the engine, which ends that table (Docker: systemctl --user restart docker; Podman: podman system migrate), or go on with foreignarch.registration=namespace""".formatted(ASKED.engine()));

        try (Emulation emulation = emulation(ASKED, Registration.NAMESPACE)) {
            assertThat(emulation.prepare(S390X).summary()).startsWith("emulated by /foreignarch/qemu-s390x-static, ");
        }
    }

    private static void rootRegisters(Architecture architecture) {
        String target = architecture.qemuTarget();
        AROUND.sh("printf '%s' '"
                + Handler.of(architecture, "/usr/bin/qemu-" + target + "-static", "F")
                        .registration() + "' > "
                + HandlerTable.PATH + "/register");
    }

    private static void assertSaid(PrivateEngine host, String message) {
        assertSaid(host, S390X, message);
    }

    /** Tests and the doctor say the same, whether it is asked to fix or not. */
    private static void assertSaid(PrivateEngine host, Architecture architecture, String message) {
        for (Registration registration :
                new Registration[] {Registration.AUTO, Registration.REPAIR, Registration.NEVER}) {
            try (Emulation emulation = emulation(host, registration)) {
                assertThat(Answer.ofPreparing(emulation, architecture))
                        .as(registration.name())
                        .isEqualTo(message);
            }
        }
        try (Emulation emulation = emulation(host, Registration.AUTO)) {
            assertThat(Answer.ofExamining(emulation, architecture)).isEqualTo(message);
        }
    }

    private static void assertRuns(PrivateEngine host, Architecture architecture) {
        try (Emulation emulation = emulation(host, Registration.NEVER)) {
            assertThat(emulation.prepare(architecture).summary())
                    .startsWith("emulated by /usr/bin/qemu-" + architecture.qemuTarget() + "-static, ");
        }
    }

    private static Emulation emulation(PrivateEngine host, Registration registration) {
        return Emulation.on(host.engine(), new EmulationSettings(registration, Optional.empty()));
    }
}
