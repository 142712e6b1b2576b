package dev.foreignarch.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionTests {

    private static final long NO_PROCESS = 999_999_999;

    @Test
    void what_belongs_to_this_jvm_is_needed() {
        assertThat(Session.isOver(Session.current().label())).isFalse();
    }

    @Test
    void a_process_of_this_machine_that_is_not_there_needs_nothing() {
        Session gone = new Session(Session.current().host(), NO_PROCESS, Instant.now());

        assertThat(Session.isOver(gone.label())).isTrue();
    }

    @Test
    void a_process_of_another_machine_may_need_it_for_some_hours() {
        assertThat(Session.isOver(new Session("elsewhere", NO_PROCESS, Instant.now()).label()))
                .isFalse();
        assertThat(Session.isOver(
                        new Session("elsewhere", NO_PROCESS, Instant.now().minus(Duration.ofHours(7))).label()))
                .isTrue();
    }

    @Test
    void a_machine_without_a_name_may_be_another_one() {
        assertThat(Session.isOver(new Session("unknown", NO_PROCESS, Instant.now()).label()))
                .isFalse();
    }

    @Test
    void what_has_no_label_of_ours_is_not_ours() {
        assertThat(Session.isOver(Map.of("some", "label"))).isFalse();
        assertThat(Session.isOver(Map.of(Session.LABEL, "not a session"))).isFalse();
        assertThat(Session.isOver(null)).isFalse();
    }
}
