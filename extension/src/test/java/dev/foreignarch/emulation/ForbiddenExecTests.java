package dev.foreignarch.emulation;

import static dev.foreignarch.arch.Architecture.S390X;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.DockerClient;
import dev.foreignarch.engine.Engine;
import dev.foreignarch.engine.PrivateEngine;
import dev.foreignarch.jvm.EngineProxy;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A proxy before the engine's socket lets some requests through, and some not. */
@Tag("engine")
class ForbiddenExecTests {

    @RegisterExtension
    static final PrivateEngine HOST = PrivateEngine.with();

    @Test
    void an_engine_that_runs_no_program_in_a_container_is_quoted_at_once() throws Exception {
        try (EngineProxy proxy = new EngineProxy(HOST.address());
                DockerClient client = PrivateEngine.connect(URI.create(proxy.address()));
                Emulation emulation = Emulation.on(Engine.of(client), EmulationSettings.DEFAULT)) {
            proxy.forbid("/exec HTTP/1.1", "exec is not allowed by the rules of this company");

            String message = Answer.ofPreparing(emulation, S390X);

            assertThat(message)
                    .startsWith(
                            "Programs for s390x can't run here: an emulator must be registered, and the engine does not"
                                    + " run the container that would do it.\n")
                    .contains("\n  seen: the engine does not run a program in a container:"
                            + " exec is not allowed by the rules of this company\n");
        }
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(HOST.client()
                                .listContainersCmd()
                                .withShowAll(true)
                                .exec())
                        .isEmpty());
    }
}
