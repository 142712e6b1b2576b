package dev.foreignarch.container;

import static dev.foreignarch.arch.Architecture.AMD64;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.DockerClient;
import dev.foreignarch.emulation.Emulation;
import dev.foreignarch.emulation.EmulationSettings;
import dev.foreignarch.engine.Engine;
import dev.foreignarch.engine.EngineException;
import dev.foreignarch.engine.LoadedImage;
import dev.foreignarch.engine.PrivateEngine;
import dev.foreignarch.engine.ScratchImage;
import dev.foreignarch.image.LocalRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;

/** An engine that is killed while a container is starting there. */
@Tag("engine")
class EngineLossTests {

    @RegisterExtension
    static final PrivateEngine ENGINE = PrivateEngine.with();

    @Test
    void is_told_as_what_it_is() {
        DockerClient client = ENGINE.client();
        LoadedImage image = ENGINE.engine()
                .load(new ScratchImage(
                        LocalRegistry.unique("loss") + ":1",
                        AMD64.platform(),
                        Map.of("/bin/sleep", busybox()),
                        Map.of()));
        Emulation emulation = Emulation.on(ENGINE.engine(), EmulationSettings.DEFAULT);
        GenericContainer<?> container = new ContainerElsewhere(client, image.name())
                .withNetworkMode("none")
                .withCommand("sleep", "600")
                .waitingFor(new Kill(client));
        ContainerBinding binding = new ContainerBinding(emulation, Duration.ofMinutes(1));
        binding.bind(container, AMD64);

        assertThatThrownBy(() -> binding.start(container))
                .isInstanceOf(EngineException.class)
                .hasMessageMatching("The container engine has ended, or can't be reached any more, while "
                        + image.name()
                        + " was starting on amd64 \\([^{}]+\\)\\. See whether it runs \\('docker info'\\),"
                        + " start it again, and look into its own log for why it ended\\.");
    }

    private static byte[] busybox() {
        return Engine.ofTestcontainers()
                .readFirst("busybox:1.36", List.of("/bin/busybox"))
                .orElseThrow()
                .getValue();
    }

    /** Waits for what never comes, and meanwhile the engine is killed. */
    private static final class Kill extends AbstractWaitStrategy {
        private final DockerClient client;

        Kill(DockerClient client) {
            this.client = client;
        }

        @Override
        protected void waitUntilReady() {
            ENGINE.sh("(sleep 0.3; kill -9 $(pidof dockerd)) >/dev/null 2>&1 &");
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(this::isSilent);
            throw new ContainerLaunchException("Timed out waiting for log output");
        }

        private boolean isSilent() {
            try {
                client.pingCmd().exec();
                return false;
            } catch (RuntimeException gone) {
                return true;
            }
        }
    }
}
