package dev.foreignarch.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is removed of sessions that are over, and what never is. */
@Tag("engine")
class LeftoversTests {

    private static final String IMAGE = "busybox:1.36";
    private static final ContainerSpec UNTIL_INPUT_ENDS =
            ContainerSpec.of(IMAGE, List.of("sh", "-c", "echo begun; cat"));

    private final Engine engine = Engine.ofTestcontainers();
    private final Engine other = Engine.ofTestcontainers();

    @BeforeEach
    void theOtherOneBegins() {
        ImagePull.pull(engine, IMAGE, Optional.empty());
        other.session().enter(() -> UNTIL_INPUT_ENDS);
    }

    @AfterEach
    void theOtherOneEnds() {
        if (other.session().isOpen()) {
            other.session().close();
        }
    }

    @Test
    void a_session_that_labels_nothing_needs_no_sign_of_life() {
        assertThat(other.session().isOpen()).isFalse();
    }

    @Test
    void a_sign_that_was_lost_is_replaced() {
        assertThat(other.session().labels()).hasSize(1);
        signs(other.session())
                .forEach(sign -> engine.client()
                        .removeContainerCmd(sign.getId())
                        .withForce(true)
                        .exec());
        await().until(() -> !other.session().isOpen());

        assertThat(other.session().labels())
                .isEqualTo(Map.of(Session.LABEL, other.session().id()));
        assertThat(signs(other.session())).hasSize(1);
    }

    @Test
    void a_session_needs_its_containers_as_long_as_it_lives() {
        try (RunningContainer created = other.create(ContainerSpec.of(IMAGE, List.of("true")))) {
            Leftovers.remove(engine);

            assertThat(exists(created)).isTrue();
            assertThat(other.session().isOpen()).isTrue();

            end(other.session());
            Leftovers.remove(engine);

            assertThat(exists(created)).isFalse();
        }
    }

    @Test
    void what_was_to_end_with_a_session_is_ended() {
        try (RunningContainer running = running(other.sessionLabels())) {
            Leftovers.remove(engine);
            assertThat(exists(running)).isTrue();

            end(other.session());
            Leftovers.remove(engine);

            assertThat(exists(running)).isFalse();
        }
    }

    @Test
    void what_jvms_share_outlives_the_session_of_the_first() {
        try (RunningContainer shared = running(other.session().labels())) {
            end(other.session());
            Leftovers.remove(engine);

            assertThat(exists(shared)).isTrue();
        }
    }

    @Test
    void a_session_that_is_just_beginning_is_left_alone() {
        Map<String, String> labels = Map.of(Session.LABEL, UUID.randomUUID().toString(), Session.SIGN, "");
        try (RunningContainer sign = engine.create(UNTIL_INPUT_ENDS.withInput(), labels)) {
            Leftovers.remove(engine);

            assertThat(exists(sign)).isTrue();
        }
    }

    @Test
    void what_has_a_label_that_is_not_a_session_is_not_ours() {
        Map<String, String> labels = new HashMap<>(engine.sessionLabels());
        labels.put(Session.LABEL, "machine 4711 1700000000000");
        try (RunningContainer foreign = engine.create(ContainerSpec.of(IMAGE, List.of("true")), labels)) {
            Leftovers.remove(engine);

            assertThat(exists(foreign)).isTrue();
        }
    }

    @Test
    void a_session_ends_with_its_last_user_and_labels_nothing_then() {
        other.session().enter(() -> UNTIL_INPUT_ENDS);
        other.session().close();
        assertThat(other.session().labels())
                .isEqualTo(Map.of(Session.LABEL, other.session().id()));

        end(other.session());

        assertThat(other.session().labels()).isEmpty();
        assertThat(other.sessionLabels()).doesNotContainKey(Session.LABEL);
    }

    private RunningContainer running(Map<String, String> labels) {
        RunningContainer container = engine.create(ContainerSpec.of(IMAGE, List.of("sleep", "600")), labels);
        engine.client().startContainerCmd(container.id()).exec();
        return container;
    }

    private void end(Session session) {
        session.close();
        await().atMost(Duration.ofSeconds(20)).until(() -> signs(session).isEmpty());
    }

    private List<Container> signs(Session session) {
        return engine.client()
                .listContainersCmd()
                .withLabelFilter(Map.of(Session.LABEL, session.id(), Session.SIGN, ""))
                .exec();
    }

    private boolean exists(RunningContainer container) {
        try {
            engine.client().inspectContainerCmd(container.id()).exec();
            return true;
        } catch (NotFoundException gone) {
            return false;
        }
    }
}
