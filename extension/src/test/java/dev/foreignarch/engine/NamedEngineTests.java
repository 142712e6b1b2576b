package dev.foreignarch.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;

/** Testcontainers falls back to another engine when the named one doesn't answer: then a build would test the wrong one. */
@Tag("engine")
@Tag("each-engine")
@Tag("each-store")
class NamedEngineTests {

    @Test
    void the_engine_that_the_build_names_is_the_one_that_is_tested() {
        DockerClientFactory.instance().client();
        String reached = DockerClientFactory.instance()
                .getTransportConfig()
                .getDockerHost()
                .toString();

        assertThat(reached).isEqualTo(Objects.requireNonNullElse(System.getenv("DOCKER_HOST"), reached));
    }
}
