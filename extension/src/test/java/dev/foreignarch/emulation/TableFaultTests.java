package dev.foreignarch.emulation;

import static dev.foreignarch.arch.Architecture.ARM32V7;
import static dev.foreignarch.arch.Architecture.PPC64LE;
import static dev.foreignarch.arch.Architecture.S390X;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.engine.PrivateEngine;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every way in which a mounted table can be wrong, each made for real, with what ForeignArch says and how it repairs it. */
@Tag("engine")
class TableFaultTests {

    @RegisterExtension
    static final PrivateEngine HOST = PrivateEngine.with();

    private final String engine = HOST.engine().toString();

    @BeforeEach
    void nothing_is_registered() {
        HOST.sh("echo 1 > " + HandlerTable.PATH + "/status; echo -1 > " + HandlerTable.PATH + "/status");
    }

    @Test
    void no_handler() {
        try (Emulation emulation = Emulation.on(HOST.engine(), EmulationSettings.DEFAULT)) {
            assertThat(Answer.ofExamining(emulation, S390X)).isEqualTo("""
                Programs for s390x can't run here: no emulator for them is registered with the kernel of the engine's host.
                  seen: the kernel refused the probe: exec format error (ENOEXEC)
                  seen: engine: %s
                  remedy: let ForeignArch register one: foreignarch.registration=auto in the tests, or --fix s390x for its doctor""".formatted(engine));
        }
    }

    @Test
    void registration_forbidden() {
        assertThat(message(S390X, Registration.NEVER)).isEqualTo("""
                Programs for s390x can't run here: no emulator for them is registered with the kernel of the engine's host, and foreignarch.registration=never forbids ForeignArch to register one.
                  seen: the kernel refused the probe: exec format error (ENOEXEC)
                  seen: engine: %s
                  remedy: leave foreignarch.registration at 'auto', or register an emulator yourself before the tests: docker run --privileged --rm tonistiigi/binfmt:qemu-v10.2.3@sha256:400a4873b838d1b89194d982c45e5fb3cda4593fbfd7e08a02e76b03b21166f0 --install s390x""".formatted(engine));
        assertThat(entries()).isEmpty();
    }

    @Test
    void handler_disabled() {
        register("qemu-s390x", S390X, "/usr/bin/qemu-s390x-static", "F");
        HOST.sh("echo 0 > " + HandlerTable.PATH + "/qemu-s390x");

        assertThat(message(S390X, Registration.AUTO)).isEqualTo("""
                Programs for s390x can't run here: the emulator that is registered for them as 'qemu-s390x' is switched off.
                  seen: the kernel refused the probe: exec format error (ENOEXEC)
                  seen: qemu-s390x: disabled, interpreter /usr/bin/qemu-s390x-static, flags F
                  seen: engine: %s
                  remedy: switch it on, on the engine's host: echo 1 | sudo tee /proc/sys/fs/binfmt_misc/qemu-s390x (or once with -Dforeignarch.registration=repair)""".formatted(engine));
        assertRepaired(S390X, "/usr/bin/qemu-s390x-static");
    }

    @Test
    void everything_disabled() {
        register("qemu-s390x", S390X, "/usr/bin/qemu-s390x-static", "F");
        HOST.sh("echo 0 > " + HandlerTable.PATH + "/status");

        assertThat(message(S390X, Registration.AUTO)).isEqualTo("""
                Programs for s390x can't run here: all emulators are switched off on the engine's host.
                  seen: the kernel refused the probe: exec format error (ENOEXEC)
                  seen: /proc/sys/fs/binfmt_misc/status reads 'disabled'
                  seen: engine: %s
                  remedy: switch them on, on the engine's host: echo 1 | sudo tee /proc/sys/fs/binfmt_misc/status (or once with -Dforeignarch.registration=repair)""".formatted(engine));
        assertRepaired(S390X, "/usr/bin/qemu-s390x-static");
    }

    @Test
    void interpreter_missing_in_the_container() {
        register("qemu-s390x", S390X, "/usr/bin/qemu-s390x-static", "");

        assertThat(message(S390X, Registration.AUTO)).isEqualTo("""
                Programs for s390x can't run here: the emulator that is registered for them as 'qemu-s390x' does not work: it was registered without the flag F, so that the kernel looks for it inside each container.
                  seen: the kernel refused the probe: no such file or directory (ENOENT)
                  seen: qemu-s390x: enabled, interpreter /usr/bin/qemu-s390x-static, flags none
                  seen: a container has no file /usr/bin/qemu-s390x-static
                  seen: engine: %s
                  remedy: let ForeignArch replace it, once with -Dforeignarch.registration=repair, or remove it on the engine's host: echo -1 | sudo tee /proc/sys/fs/binfmt_misc/qemu-s390x""".formatted(engine));
        assertRepaired(S390X, "/foreignarch/qemu-s390x-static");
    }

    @Test
    void interpreter_gone() {
        register("qemu-s390x", S390X, "/opt/qemu/qemu-s390x", "");

        assertThat(message(S390X, Registration.AUTO)).isEqualTo("""
                Programs for s390x can't run here: the emulator that is registered for them as 'qemu-s390x' does not work: its file is gone.
                  seen: the kernel refused the probe: no such file or directory (ENOENT)
                  seen: qemu-s390x: enabled, interpreter /opt/qemu/qemu-s390x, flags none
                  seen: the engine's host has no file /opt/qemu/qemu-s390x
                  seen: engine: %s
                  remedy: let ForeignArch replace it, once with -Dforeignarch.registration=repair, or remove it on the engine's host: echo -1 | sudo tee /proc/sys/fs/binfmt_misc/qemu-s390x""".formatted(engine));
        assertRepaired(S390X, "/foreignarch/qemu-s390x-static");
    }

    @Test
    void dynamically_linked_interpreter() {
        // Any dynamically linked program does: it is its loader that the kernel misses first.
        register("qemu-s390x", S390X, "/bin/true", "F");

        assertThat(message(S390X, Registration.AUTO)).isEqualTo("""
                Programs for s390x can't run here: the emulator that is registered for them as 'qemu-s390x' does not work: it is not statically linked, and containers lack the loader that it needs.
                  seen: the kernel refused the probe: no such file or directory (ENOENT)
                  seen: qemu-s390x: enabled, interpreter /bin/true, flags F
                  seen: /bin/true of the engine's host needs /lib64/ld-linux-x86-64.so.2
                  seen: engine: %s
                  remedy: let ForeignArch replace it, once with -Dforeignarch.registration=repair, or remove it on the engine's host: echo -1 | sudo tee /proc/sys/fs/binfmt_misc/qemu-s390x""".formatted(engine));
        assertRepaired(S390X, "/foreignarch/qemu-s390x-static");
    }

    @Test
    void magic_of_another_architecture_under_our_name() {
        register("qemu-s390x", PPC64LE, "/usr/bin/qemu-ppc64le-static", "F");

        assertThat(message(S390X, Registration.AUTO)).isEqualTo("""
                Programs for s390x can't run here: no emulator for them is registered with the kernel of the engine's host, and the name for it, 'qemu-s390x', is taken by an entry for other programs.
                  seen: the kernel refused the probe: exec format error (ENOEXEC)
                  seen: qemu-s390x: enabled, interpreter /usr/bin/qemu-ppc64le-static, flags F, magic 7f454c4602010100000000000000000002001500
                  seen: engine: %s
                  remedy: let ForeignArch replace it, once with -Dforeignarch.registration=repair, or remove it on the engine's host: echo -1 | sudo tee /proc/sys/fs/binfmt_misc/qemu-s390x""".formatted(engine));
        assertRepaired(S390X, "/foreignarch/qemu-s390x-static");
    }

    @Test
    void emulator_of_another_architecture() {
        register("qemu-s390x", S390X, "/usr/bin/qemu-arm-static", "F");

        assertThat(message(S390X, Registration.AUTO)).isEqualTo("""
                Programs for s390x can't run here: the emulator that is registered for them as 'qemu-s390x' does not work: it is the emulator of another architecture.
                  seen: the probe ended with exit code 255 instead of 42 (it printed: qemu-arm-static: /foreignarch/probe-s390x: Invalid ELF image for this architecture)
                  seen: qemu-s390x: enabled, interpreter /usr/bin/qemu-arm-static, flags F
                  seen: engine: %s
                  remedy: let ForeignArch replace it, once with -Dforeignarch.registration=repair, or remove it on the engine's host: echo -1 | sudo tee /proc/sys/fs/binfmt_misc/qemu-s390x""".formatted(engine));
        assertRepaired(S390X, "/foreignarch/qemu-s390x-static");
    }

    @Test
    void a_later_handler_hides_a_good_one() {
        register("good", S390X, "/usr/bin/qemu-s390x-static", "F");
        register("qemu-s390x", S390X, "/opt/qemu/qemu-s390x", "");

        assertThat(message(S390X, Registration.AUTO)).isEqualTo("""
                Programs for s390x can't run here: of 2 emulators that are registered for them the kernel uses the last one, 'qemu-s390x', which does not work: its file is gone.
                  seen: the kernel refused the probe: no such file or directory (ENOENT)
                  seen: qemu-s390x: enabled, interpreter /opt/qemu/qemu-s390x, flags none
                  seen: good: enabled, interpreter /usr/bin/qemu-s390x-static, flags F
                  seen: the engine's host has no file /opt/qemu/qemu-s390x
                  seen: engine: %s
                  remedy: let ForeignArch replace it, once with -Dforeignarch.registration=repair, or remove it on the engine's host: echo -1 | sudo tee /proc/sys/fs/binfmt_misc/qemu-s390x""".formatted(engine));
        assertRepaired(S390X, "/usr/bin/qemu-s390x-static");
        assertThat(entries()).containsExactly("good");
    }

    @Test
    void handler_of_another_tool_under_another_name_is_used() {
        register("rosetta", S390X, "/usr/bin/qemu-s390x-static", "F");

        assertRepaired(S390X, "/usr/bin/qemu-s390x-static");
        assertThat(entries()).containsExactly("rosetta");
    }

    @Test
    void broken_handler_of_another_tool_is_not_touched() {
        register("box", S390X, "/opt/box", "");

        assertThat(message(S390X, Registration.AUTO)).isEqualTo("""
                Programs for s390x can't run here: the emulator that is registered for them as 'box' does not work: its file is gone.
                  seen: the kernel refused the probe: no such file or directory (ENOENT)
                  seen: box: enabled, interpreter /opt/box, flags none
                  seen: the engine's host has no file /opt/box
                  seen: engine: %s
                  remedy: remove it on the engine's host: echo -1 | sudo tee /proc/sys/fs/binfmt_misc/box""".formatted(engine));
        assertRepaired(S390X, "/foreignarch/qemu-s390x-static");
        assertThat(entries()).containsExactly("box", "qemu-s390x");
    }

    @ParameterizedTest
    @CsvSource({
        "CRASHING, was killed by signal 11",
        "CRASHING_BEHIND_A_SHELL, ended with exit code 139 instead of 42",
        "CRASHING_WITH_WORDS, ended with exit code 1 instead of 42 (it printed: qemu: uncaught target signal 11 (Segmentation fault) - core dumped)"
    })
    void emulator_crashes(StandIn emulator, String ending) {
        emulator.install(HOST, "/opt/qemu-s390x-crashing");
        register("qemu-s390x", S390X, "/opt/qemu-s390x-crashing", "F");

        assertThat(message(S390X, Registration.AUTO)).isEqualTo("""
                Programs for s390x can't run here: the emulator that is registered for them as 'qemu-s390x' does not work: it crashes with SIGSEGV.
                  seen: the probe %s
                  seen: qemu-s390x: enabled, interpreter /opt/qemu-s390x-crashing, flags F
                  seen: engine: %s
                  remedy: let ForeignArch replace it, once with -Dforeignarch.registration=repair, or remove it on the engine's host: echo -1 | sudo tee /proc/sys/fs/binfmt_misc/qemu-s390x""".formatted(ending, engine));
        assertRepaired(S390X, "/foreignarch/qemu-s390x-static");
    }

    @Test
    void emulator_is_a_foreign_program() {
        StandIn.FOREIGN.install(HOST, "/opt/qemu-s390x-foreign");
        register("qemu-s390x", S390X, "/opt/qemu-s390x-foreign", "F");

        assertThat(message(S390X, Registration.AUTO)).isEqualTo("""
                Programs for s390x can't run here: the emulator that is registered for them as 'qemu-s390x' does not work: it is itself a program for another architecture than that of the engine's host.
                  seen: the kernel refused the probe: exec format error (ENOEXEC)
                  seen: qemu-s390x: enabled, interpreter /opt/qemu-s390x-foreign, flags F
                  seen: /opt/qemu-s390x-foreign of the engine's host is not a program for amd64
                  seen: engine: %s
                  remedy: let ForeignArch replace it, once with -Dforeignarch.registration=repair, or remove it on the engine's host: echo -1 | sudo tee /proc/sys/fs/binfmt_misc/qemu-s390x""".formatted(engine));
        assertRepaired(S390X, "/foreignarch/qemu-s390x-static");
    }

    @Test
    void emulator_too_old_for_its_flags() {
        StandIn.OLD.install(HOST, "/opt/qemu-arm-old");
        register("qemu-arm", ARM32V7, "/opt/qemu-arm-old", "PF");

        assertThat(message(ARM32V7, Registration.AUTO)).isEqualTo("""
                Programs for arm32v7 can't run here: the emulator that is registered for them as 'qemu-arm' does not work: it is too old for the flag P that it was registered with, so that programs get wrong arguments.
                  seen: the probe ended with exit code 42, as it should
                  seen: qemu-arm: enabled, interpreter /opt/qemu-arm-old, flags PF
                  seen: version of the emulator: 5.2.0; the flag P takes QEMU 6 and Linux 5.12
                  seen: engine: %s
                  remedy: let ForeignArch replace it, once with -Dforeignarch.registration=repair, or remove it on the engine's host: echo -1 | sudo tee /proc/sys/fs/binfmt_misc/qemu-arm""".formatted(engine));
        assertRepaired(ARM32V7, "/foreignarch/qemu-arm-static");
    }

    @Test
    void old_emulator_without_the_flag_works() {
        StandIn.OLD.install(HOST, "/opt/qemu-arm-old");
        register("qemu-arm", ARM32V7, "/opt/qemu-arm-old", "F");

        assertThat(prepare(ARM32V7, Registration.AUTO).summary())
                .isEqualTo("emulated by /opt/qemu-arm-old, version 5.2.0");
    }

    @Test
    void nothing_but_the_broken_emulator_is_touched_by_a_repair() {
        register("qemu-s390x", S390X, "/opt/qemu/qemu-s390x", "");
        register("qemu-ppc64le", PPC64LE, "/opt/qemu/qemu-ppc64le", "");
        HOST.sh("echo ':python3:E::py3::/usr/bin/python3:' > " + HandlerTable.PATH + "/register");

        assertRepaired(S390X, "/foreignarch/qemu-s390x-static");
        assertThat(HOST.sh("cat " + HandlerTable.PATH + "/qemu-ppc64le"))
                .contains("interpreter /opt/qemu/qemu-ppc64le\n");
        assertThat(entries()).containsExactly("python3", "qemu-ppc64le", "qemu-s390x");
    }

    private static void assertRepaired(Architecture architecture, String interpreter) {
        Verdict verdict = prepare(architecture, Registration.REPAIR);

        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Emulated.class,
                        emulated -> assertThat(emulated.interpreter()).isEqualTo(interpreter));
    }

    private static String message(Architecture architecture, Registration registration) {
        try (Emulation emulation = emulation(registration)) {
            return Answer.ofPreparing(emulation, architecture);
        }
    }

    private static Verdict prepare(Architecture architecture, Registration registration) {
        try (Emulation emulation = emulation(registration)) {
            return emulation.prepare(architecture);
        }
    }

    private static Emulation emulation(Registration registration) {
        return Emulation.on(HOST.engine(), new EmulationSettings(registration, Optional.empty()));
    }

    private static List<String> entries() {
        return HOST.sh("ls " + HandlerTable.PATH + " | grep -vx -e register -e status || true")
                .lines()
                .toList();
    }

    private static void register(String name, Architecture architecture, String interpreter, String flags) {
        Handler like = Handler.of(architecture, interpreter, flags);
        Handler handler = new Handler(name, true, interpreter, flags, 0, like.magic(), like.mask());
        HOST.sh("printf '%s' '" + handler.registration() + "' > " + HandlerTable.PATH + "/register");
    }
}
