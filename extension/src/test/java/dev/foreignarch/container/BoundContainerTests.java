package dev.foreignarch.container;

import static dev.foreignarch.arch.Architecture.ARM64V8;
import static dev.foreignarch.arch.Architecture.S390X;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.PingCmd;
import com.github.dockerjava.api.exception.DockerException;
import dev.foreignarch.arch.Architecture;
import dev.foreignarch.emulation.EmulationRequest;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;

/** What is known of bound containers before an engine is asked. */
class BoundContainerTests {

    private final Fake container = new Fake();

    @Test
    void one_that_never_comes_up_has_the_label_of_its_architecture() {
        BoundContainer bound = bound(container, S390X, false);
        Map<String, String> labels = new HashMap<>(Map.of("own", "label"));

        // There is no engine to look for the image on.
        assertThatThrownBy(() -> bound.modify(command(labels))).isInstanceOf(NullPointerException.class);

        assertThat(labels).containsOnly(Map.entry("own", "label"), Map.entry("foreignarch.architecture", "s390x"));
    }

    /** A command that creates a container of an image, and has labels. */
    private static CreateContainerCmd command(Map<String, String> labels) {
        return fake(CreateContainerCmd.class, (self, method, arguments) -> switch (method.getName()) {
            case "getImage" -> "redis:7";
            case "getLabels" -> labels;
            case "withLabels" -> {
                ((Map<?, ?>) arguments[0]).forEach((name, value) -> labels.put(name.toString(), value.toString()));
                yield self;
            }
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    @Test
    void one_that_is_bound_by_hand_counts_while_it_is_up() {
        bound(container, S390X, false);
        BoundByHand.add(container);
        assertThat(BoundByHand.isUp(S390X)).isFalse();

        container.start();
        assertThat(BoundByHand.isUp(S390X)).isTrue();
        assertThat(BoundByHand.isUp(ARM64V8)).isFalse();

        bound(container, S390X, true);
        assertThat(BoundByHand.isUp(S390X)).isFalse();
    }

    @Test
    void an_unbound_dependency_of_several_is_started_once() {
        Fake shared = new Fake();
        Fake first = new Fake().dependsOn(shared);
        Fake second = new Fake().dependsOn(shared);
        for (Fake each : Set.of(first, second)) {
            bound(each, S390X, false);
            each.start();
        }

        Dependencies.startBound(container.dependsOn(first, second));

        assertThat(shared.starts).hasValue(1);
    }

    @Test
    void an_engine_that_refuses_the_question_has_not_ended() {
        container.refusal = new DockerException("forbidden by a proxy", 403);

        assertThat(EngineLoss.during(bound(container, S390X, false), new IllegalStateException("a failure")))
                .isEmpty();
    }

    @Test
    void an_engine_that_can_not_be_reached_has_ended() {
        container.refusal = new IllegalStateException("Connection refused");

        assertThat(EngineLoss.during(bound(container, S390X, false), new IllegalStateException("a failure")))
                .hasValueSatisfying(loss -> assertThat(loss)
                        .hasMessage(
                                "The container engine has ended, or can't be reached any more, while a container was"
                                        + " starting on s390x (Connection refused). See whether it runs ('docker info'), start it"
                                        + " again, and look into its own log for why it ended."));
    }

    @Test
    void what_can_not_be_read_after_a_start_does_not_undo_it() {
        container.refusal = new DockerException("no disk", 500);
        container.start();

        new StartCheck(container, new WrongProgram(null, S390X, ARM64V8), Optional.empty()).afterStart();

        assertThat(container.questions).hasValue(1);
    }

    @SuppressWarnings("NullAway") // Nothing here gets so far as to emulate.
    private static BoundContainer bound(Fake container, Architecture architecture, boolean byTest) {
        BoundContainer.bind(
                container,
                new BoundContainer.Binding(
                        null, null, new CheckedStarts(), architecture, EmulationRequest.DEFAULT, byTest));
        return BoundContainer.find(container).orElseThrow();
    }

    private static <T> T fake(Class<T> type, InvocationHandler answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answers));
    }

    /** A container that needs no engine, or whose engine refuses everything. */
    private static final class Fake extends GenericContainer<Fake> {

        private final AtomicInteger starts = new AtomicInteger();
        private final AtomicInteger questions = new AtomicInteger();
        private RuntimeException refusal = new IllegalStateException("there is no engine");
        private @Nullable String id;

        Fake() {
            super("redis:7");
        }

        @Override
        public void start() {
            starts.incrementAndGet();
            id = "fake";
        }

        @Override
        public @Nullable String getContainerId() {
            return id;
        }

        @Override
        public DockerClient getDockerClient() {
            return fake(DockerClient.class, (self, method, arguments) -> {
                questions.incrementAndGet();
                if (method.getName().equals("pingCmd")) {
                    return fake(PingCmd.class, (ping, exec, none) -> {
                        throw refusal;
                    });
                }
                throw refusal;
            });
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }
}
