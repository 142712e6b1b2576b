package dev.foreignarch.engines;

import static dev.foreignarch.arch.Architecture.S390X;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.emulation.Emulation;
import dev.foreignarch.emulation.EmulationSettings;
import dev.foreignarch.emulation.Registration;
import dev.foreignarch.emulation.Verdict;
import dev.foreignarch.engine.Engine;
import dev.foreignarch.engine.RunningContainer;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the guide's table says of an engine. */
@Tag("engine")
@Tag("each-engine")
class EngineRegisteringTests {

    private final Engine engine = Engine.ofTestcontainers();
    private final TestedEngine row = TestedEngine.current();

    EngineRegisteringTests() throws IOException {}

    @Test
    void theEngineIsTheOneOfTheTable() {
        row.assertIs(engine.facts());
    }

    @Test
    void theMachinesHandlersAreUsed() throws Exception {
        Machine.registerHandler();
        Set<String> handlers = Machine.handlers();

        try (Emulation emulation = Emulation.on(engine, EmulationSettings.DEFAULT)) {
            assertThat(emulation.prepare(S390X)).isInstanceOf(Verdict.Emulated.class);
        }

        assertThat(row.handlers()).isEqualTo("used");
        assertThat(Machine.handlers()).isEqualTo(handlers);
    }

    @Test
    void registersAsTheTableSaysAndLeavesNoTrace() throws Exception {
        Architecture architecture = Machine.withoutHandler();
        Set<String> before = Machine.handlers();
        boolean wanting = !before.contains("qemu-" + architecture.qemuTarget());
        String registered;
        try (Emulation emulation =
                Emulation.on(engine, new EmulationSettings(Registration.TEMPORARY, Optional.empty()))) {
            Verdict verdict = emulation.prepare(architecture);

            registered = verdict.available() ? registrar() : "refused";
            assertThat(verdict.available())
                    .isEqualTo(!wanting || Machine.handlers().size() > before.size());
        }

        assertThat(registered).isEqualTo(wanting ? row.registering() : "nothing needs it");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(Machine.handlers()).isEqualTo(before));
    }

    /** The container that still knows what to take back, in the table's words. */
    private String registrar() {
        // First: the keeper that was asked for a look at the table may still be there.
        Optional<RunningContainer> holder = engine.find("foreignarch-holder");
        if (holder.isPresent() && isPrivileged(holder.get())) {
            return "by `foreignarch-holder`, which is privileged";
        }
        Optional<RunningContainer> keeper = engine.find("foreignarch-keeper");
        if (keeper.isPresent() && !isPrivileged(keeper.get())) {
            return "by `foreignarch-keeper`, without privilege";
        }
        return "nothing needs it";
    }

    private boolean isPrivileged(RunningContainer container) {
        return Boolean.TRUE.equals(engine.client()
                .inspectContainerCmd(container.id())
                .exec()
                .getHostConfig()
                .getPrivileged());
    }
}
