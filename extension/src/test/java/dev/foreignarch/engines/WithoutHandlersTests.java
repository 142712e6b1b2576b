package dev.foreignarch.engines;

import static dev.foreignarch.arch.Architecture.S390X;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.foreignarch.emulation.Emulation;
import dev.foreignarch.emulation.EmulationSettings;
import dev.foreignarch.emulation.Verdict;
import dev.foreignarch.engine.Engine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rootless engines of a machine that has no handlers: what runs all the same, and that nothing is registered. */
@Tag("without-handlers")
class WithoutHandlersTests {

    private final Engine engine = Engine.ofTestcontainers();
    private final TestedEngine row = TestedEngine.current();

    WithoutHandlersTests() throws IOException {}

    @BeforeAll
    static void program() throws Exception {
        Machine.program(S390X);
    }

    @Test
    void theEngineIsTheOneOfTheTable() {
        row.assertIs(engine.facts());
    }

    @Test
    void registeringIsRefused() {
        try (Emulation emulation = Emulation.on(engine, EmulationSettings.DEFAULT)) {
            assertThat(emulation.prepare(S390X))
                    .isInstanceOfSatisfying(
                            Verdict.Unavailable.class,
                            unavailable -> assertThat(unavailable.diagnosis().message())
                                    .isEqualTo("""
                            Programs for s390x can't run here: no emulator for them is registered with the kernel of the engine's host, and a rootless engine may not register one there.
                              seen: the kernel refused the probe: exec format error (ENOEXEC)
                              seen: engine: %s
                              remedy: let root install one on the engine's host: sudo apt-get install qemu-user-static, or let ForeignArch use a table of the engine's own: foreignarch.registration=namespace (from then on the engine sees no emulator of the machine around it until it is restarted)""".formatted(engine)));
        }
        assertThat(row.handlers()).isEqualTo("there are none");
        assertThat(row.registering()).isEqualTo("refused");
    }

    @Test
    void singleProgramsRunAndNothingElseStays(@TempDir Path temporary) throws Exception {
        EngineState before = EngineState.of(engine.client());
        Set<String> handlers = Machine.handlers();

        assertThat(EngineRun.outcomes(temporary, SingleProgramsTestCase.class))
                .containsExactlyInAnyOrder("container() SUCCESSFUL", "program() SUCCESSFUL");

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(EngineState.of(engine.client()).strangersSince(before))
                        .isEmpty());
        assertThat(Machine.handlers()).isEqualTo(handlers);
    }
}
