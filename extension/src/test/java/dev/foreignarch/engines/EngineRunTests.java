package dev.foreignarch.engines;

import static dev.foreignarch.arch.Architecture.S390X;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.foreignarch.engine.Engine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user's run of containers, a program and a foreign JVM, and what it leaves, as the README says it. */
@Tag("engine")
@Tag("each-engine")
class EngineRunTests {

    private final Engine engine = Engine.ofTestcontainers();

    @BeforeAll
    static void handlerOfTheMachine() throws Exception {
        Machine.registerHandler();
        Machine.program(S390X);
    }

    @Test
    void everythingRunsAndNothingElseStays(@TempDir Path temporary) throws Exception {
        EngineState before = EngineState.of(engine.client());
        Set<String> handlers = Machine.handlers();

        assertThat(EngineRun.outcomes(temporary, ContainerAndProgramTestCase.class, JvmTestCase.class))
                .containsExactlyInAnyOrder(
                        "server() SUCCESSFUL", "program() SUCCESSFUL", "virtualMachine() SUCCESSFUL");

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(EngineState.of(engine.client()).strangersSince(before))
                        .isSubsetOf("volume foreignarch-jars-2"));
        assertThat(Machine.handlers()).isEqualTo(handlers);
    }
}
