package dev.foreignarch.emulation;

import static dev.foreignarch.arch.Architecture.ARM32V7;
import static dev.foreignarch.arch.Architecture.S390X;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foreignarch.engine.PrivateEngine;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Docker in Docker: its host, a container, has not mounted the table, but the machine around it has. They share it. */
@Tag("engine")
class NestedEngineTests {

    private static final String EMPTY = "register\nstatus\n";

    @RegisterExtension
    @Order(1)
    static final PrivateEngine AROUND = PrivateEngine.with();

    @RegisterExtension
    @Order(2)
    static final PrivateEngine INSIDE = PrivateEngine.inside(AROUND, "--nested");

    @BeforeEach
    void nothing_is_registered() {
        AROUND.sh("echo -1 > " + HandlerTable.PATH + "/status");
    }

    @AfterEach
    void nothing_runs() {
        Containers.awaitNone(INSIDE);
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTO", "TEMPORARY"})
    void what_was_registered_goes_away_also_from_the_machine_around(Registration registration) {
        try (Emulation emulation = emulation(registration)) {
            assertThat(emulation.prepare(S390X).summary()).startsWith("emulated by /foreignarch/qemu-s390x-static, ");
            assertThat(emulation.keepsHandlersAlive()).isTrue();
            assertThat(handlers()).isEqualTo("qemu-s390x\n" + EMPTY);
        }
        Containers.awaitNone(INSIDE);
        assertThat(handlers()).isEqualTo(EMPTY);
    }

    @Test
    void what_a_killed_container_left_is_undone() {
        try (Emulation emulation = emulation(Registration.AUTO)) {
            emulation.prepare(S390X).orThrow();
            INSIDE.client().killContainerCmd(Registrar.HOLDER).exec();
        }
        Containers.awaitNone(INSIDE);
        assertThat(handlers()).isEqualTo("qemu-s390x\n" + EMPTY);

        try (Emulation emulation = emulation(Registration.AUTO)) {
            assertThat(emulation.undo()).containsExactly("qemu-s390x");
            assertThat(handlers()).isEqualTo(EMPTY);
            assertThat(emulation.undo()).isEmpty();
        }
    }

    @Test
    void what_the_doctor_advises_works_where_the_machine_around_has_some_handlers() {
        AROUND.sh("printf '%s' '"
                + Handler.of(ARM32V7, "/usr/bin/qemu-arm-static", "F").registration() + "' > " + HandlerTable.PATH
                + "/register");
        try (Emulation emulation = emulation(Registration.AUTO)) {
            assertThat(Answer.ofExamining(emulation, S390X)).isEqualTo("""
                    Programs for s390x can't run here: no emulator for them is registered with the kernel of the engine's host.
                      seen: the kernel refused the probe: exec format error (ENOEXEC)
                      seen: engine: %s
                      remedy: let ForeignArch register one: foreignarch.registration=auto in the tests, or --fix s390x for its doctor""".formatted(INSIDE.engine()));

            assertThat(emulation.prepare(List.of(S390X, ARM32V7)).values().stream()
                            .map(verdict -> verdict.summary().replaceFirst(", .*", "")))
                    .containsExactly(
                            "emulated by /foreignarch/qemu-s390x-static", "emulated by /usr/bin/qemu-arm-static");
        }
        Containers.awaitNone(INSIDE);
        assertThat(handlers()).isEqualTo("qemu-arm\n" + EMPTY);
    }

    private static String handlers() {
        return AROUND.sh("ls " + HandlerTable.PATH);
    }

    private static Emulation emulation(Registration registration) {
        return Emulation.on(INSIDE.engine(), new EmulationSettings(registration, Optional.empty()));
    }
}
