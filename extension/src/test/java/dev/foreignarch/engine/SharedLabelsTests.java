package dev.foreignarch.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;

/** Testcontainers' cleaner (Ryuk) removes what has its session's labels, soon after the JVM of the session has ended. */
@Tag("engine")
class SharedLabelsTests {

    private final Engine engine = Engine.ofTestcontainers();

    @BeforeEach
    void begin() {
        engine.session().enter(() -> ContainerSpec.of("busybox:1.36", List.of("sh", "-c", "echo begun; cat")));
    }

    @AfterEach
    void end() {
        engine.session().close();
    }

    @Test
    void a_container_that_other_jvms_may_join_outlives_the_session_of_the_first() {
        assertThat(labels(ContainerSpec.of("busybox:1.36", List.of("true")).withName("foreignarch-labels-test")))
                .containsKey(Session.LABEL)
                .doesNotContainKeys(
                        DockerClientFactory.TESTCONTAINERS_LABEL, DockerClientFactory.TESTCONTAINERS_SESSION_ID_LABEL);
    }

    @Test
    void any_other_container_belongs_to_the_session() {
        assertThat(labels(ContainerSpec.of("busybox:1.36", List.of("true"))))
                .containsKey(Session.LABEL)
                .containsEntry(DockerClientFactory.TESTCONTAINERS_SESSION_ID_LABEL, DockerClientFactory.SESSION_ID);
    }

    private Map<String, String> labels(ContainerSpec spec) {
        try (RunningContainer container = engine.create(spec)) {
            return engine.client()
                    .inspectContainerCmd(container.id())
                    .exec()
                    .getConfig()
                    .getLabels();
        }
    }
}
