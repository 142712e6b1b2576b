package dev.foreignarch.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.engine.PrivateEngine;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The machines that {@code ./run tests} and {@code ./run samples} may meet: with every handler that Debian's package
 * registers, and with those switched off, one by one or all at once. (One with none is what most tests begin with.)
 */
@Tag("engine")
class MachineStatesTests {

    /** What {@code ./run host} does to the table, with its notes elsewhere. */
    private static final String SCRIPT = "bash -euc '"
            + "say() { echo \"$*\"; }; RUNTIME=/run/foreignarch-test; prepare_directories() { mkdir -p $RUNTIME; }; . \"$0\"/binfmt.sh; \"$1\"' "
            + Path.of("..", "host").toAbsolutePath() + " ";

    private static final List<Architecture> FOREIGN = Stream.of(Architecture.values())
            .filter(architecture -> architecture != Architecture.AMD64 && architecture != Architecture.I386)
            .toList();

    @RegisterExtension
    static final PrivateEngine HOST = PrivateEngine.with();

    @BeforeEach
    void everything_is_registered() {
        HOST.sh("echo 1 > " + HandlerTable.PATH + "/status; echo -1 > " + HandlerTable.PATH + "/status");
        for (Architecture architecture : FOREIGN) {
            if (!names().contains(Handler.name(architecture))) {
                HOST.sh("printf '%s' '"
                        + Handler.of(
                                        architecture,
                                        "/usr/libexec/qemu-binfmt/" + architecture.qemuTarget() + "-binfmt-P",
                                        "POF")
                                .registration()
                        + "' > " + HandlerTable.PATH + "/register");
            }
        }
    }

    @Test
    void every_handler_of_debians_package_is_used_and_none_added() {
        List<String> before = names();

        assertAllRun(Registration.AUTO);

        assertThat(names()).isEqualTo(before);
    }

    @Test
    void handlers_that_are_switched_off_are_on_while_the_machine_is_set_up() {
        HOST.sh("cd " + HandlerTable.PATH + "; for file in qemu-*; do echo 0 > $file; done");

        assertSwitchedOnAndBack(
                names().stream().filter(name -> name.startsWith("qemu-")).toList());
    }

    @Test
    void a_table_that_is_switched_off_is_on_while_the_machine_is_set_up() {
        HOST.sh("echo 0 > " + HandlerTable.PATH + "/status");

        assertSwitchedOnAndBack(List.of("status"));
    }

    private static void assertSwitchedOnAndBack(List<String> files) {
        assertThat(disabled()).isEqualTo(files);

        assertThat(HOST.sh(SCRIPT + "binfmt_switch_on").lines())
                .containsExactlyElementsOf(files.stream()
                        .map(file -> file + ": switched on in the kernel's table of foreign programs, until './run host"
                                + " down'")
                        .toList());
        assertAllRun(Registration.NEVER);

        HOST.sh(SCRIPT + "binfmt_switch_back");
        assertThat(disabled()).isEqualTo(files);
    }

    private static void assertAllRun(Registration registration) {
        try (Emulation emulation = Emulation.on(HOST.engine(), new EmulationSettings(registration, Optional.empty()))) {
            assertThat(emulation.prepare(FOREIGN).values())
                    .hasOnlyElementsOfType(Verdict.Emulated.class)
                    .extracting(Verdict::summary)
                    .allMatch(summary -> summary.startsWith("emulated by /usr/bin/qemu-"));
        }
    }

    private static List<String> names() {
        return HOST.sh("ls " + HandlerTable.PATH).lines().toList();
    }

    private static List<String> disabled() {
        return HOST.sh("cd " + HandlerTable.PATH + "; grep -lx disabled status qemu-* || true")
                .lines()
                .toList();
    }
}
