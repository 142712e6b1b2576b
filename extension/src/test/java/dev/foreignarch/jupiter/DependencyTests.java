package dev.foreignarch.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.lifecycle.Startable;

/** Containers that depend on others, by Testcontainers' {@code dependsOn}. */
@ExtendWith(Journal.class)
class DependencyTests {

    private final FakeHost host = new FakeHost();

    private void assertJournal(Class<?> testCase, int tests, String... lines) {
        host.run(testCase)
                .testEvents()
                .assertStatistics(count -> count.started(tests).succeeded(tests));

        assertThat(Journal.lines()).containsExactly(lines);
    }

    @Test
    void a_field_is_bound_before_the_one_that_depends_on_it_is_started() {
        assertJournal(
                InstanceTestCase.class,
                1,
                "prepare [s390x]",
                "start server on s390x",
                "start client on s390x",
                "test",
                "stop client on s390x",
                "stop server on s390x",
                "close host");
    }

    @ExtendWith(FakeHost.Installation.class)
    @ForeignArch("s390x")
    static class InstanceTestCase {

        private final FakeContainer first = new FakeContainer("server");

        @ForeignContainer
        FakeContainer client = new FakeContainer("client").dependsOn(first);

        @ForeignContainer
        FakeContainer server = first;

        @Test
        void test() {
            Journal.note("test");
        }
    }

    @Test
    void static_fields_are_bound_anew_for_each_architecture() {
        assertJournal(
                StaticTestCase.class,
                2,
                "prepare [arm64v8, s390x]",
                "start server on arm64v8",
                "start client on arm64v8",
                "test",
                "stop client on arm64v8",
                "stop server on arm64v8",
                "start server on s390x",
                "start client on s390x",
                "test",
                "stop client on s390x",
                "stop server on s390x",
                "close host");
    }

    @ExtendWith(FakeHost.Installation.class)
    @ForeignArch({"arm64v8", "s390x"})
    static class StaticTestCase {

        private static final FakeContainer FIRST = new FakeContainer("server");

        @ForeignContainer
        static final FakeContainer CLIENT = new FakeContainer("client").dependsOn(FIRST);

        @ForeignContainer
        static final FakeContainer SERVER = FIRST;

        @Test
        void test() {
            Journal.note("test");
        }
    }

    @Test
    void what_is_nobodys_field_runs_on_the_architecture_too_as_long_as_those_that_need_it() {
        assertJournal(
                UndeclaredTestCase.class,
                2,
                "prepare [s390x]",
                "start storage on s390x",
                "start server on s390x",
                "start client on s390x",
                "start another client on s390x",
                "test",
                "stop another client on s390x",
                "stop client on s390x",
                "stop server on s390x",
                "stop storage on s390x",
                "start storage on s390x",
                "start server on s390x",
                "start client on s390x",
                "start another client on s390x",
                "test",
                "stop another client on s390x",
                "stop client on s390x",
                "stop server on s390x",
                "stop storage on s390x",
                "close host");
    }

    @ExtendWith(FakeHost.Installation.class)
    @ForeignArch("s390x")
    static class UndeclaredTestCase {

        private static final FakeContainer STORAGE = new FakeContainer("storage");
        private static final FakeContainer SERVER = new FakeContainer("server").dependsOn(STORAGE);

        @ForeignContainer
        FakeContainer client = new FakeContainer("client").dependsOn(new Composition(SERVER), STORAGE);

        @ForeignContainer
        FakeContainer another = new FakeContainer("another client").dependsOn(SERVER);

        @Test
        void one() {
            Journal.note("test");
        }

        @Test
        void two() {
            Journal.note("test");
        }
    }

    /** Something else that can be started, and needs a container. */
    private record Composition(FakeContainer container) implements Startable {

        @Override
        public Set<Startable> getDependencies() {
            return Set.of(container);
        }

        @Override
        public void start() {
            container.start();
        }

        @Override
        public void stop() {}
    }

    @Test
    void what_is_started_already_stays_as_it_is() {
        assertJournal(
                StartedTestCase.class,
                1,
                "prepare [s390x]",
                "start server on null",
                "start client on s390x",
                "test",
                "stop client on s390x",
                "close host");
    }

    @ExtendWith(FakeHost.Installation.class)
    @ForeignArch("s390x")
    static class StartedTestCase {

        private final FakeContainer server = new FakeContainer("server");

        StartedTestCase() {
            server.start();
        }

        @ForeignContainer
        FakeContainer client = new FakeContainer("client").dependsOn(server);

        @Test
        void test() {
            Journal.note("test");
        }
    }

    @Test
    void a_nested_classs_container_may_depend_on_one_of_the_class_around_and_of_a_constructor() {
        assertJournal(
                OuterTestCase.class,
                1,
                "prepare [s390x]",
                "start of-parameter on s390x",
                "start server on s390x",
                "start client on s390x",
                "test",
                "stop client on s390x",
                "stop server on s390x",
                "stop of-parameter on s390x",
                "close host");
    }

    @ExtendWith(FakeHost.Installation.class)
    @ForeignArch("s390x")
    static class OuterTestCase {

        @ForeignContainer
        final FakeContainer server;

        OuterTestCase(@ForeignContainer("of-parameter") GenericContainer<?> parameter) {
            server = new FakeContainer("server").dependsOn(parameter);
        }

        @Nested
        class Inner {

            @ForeignContainer
            FakeContainer client = new FakeContainer("client").dependsOn(server);

            @Test
            void test() {
                Journal.note("test");
            }
        }
    }

    @Test
    void what_does_not_start_is_stopped_with_those_that_need_it() {
        host.run(FailingTestCase.class)
                .testEvents()
                .assertStatistics(count -> count.started(1).failed(1));

        assertThat(Journal.lines())
                .containsExactly("prepare [s390x]", "start server on s390x", "stop server on s390x", "close host");
    }

    @ExtendWith(FakeHost.Installation.class)
    @ForeignArch("s390x")
    static class FailingTestCase {

        @ForeignContainer
        FakeContainer client = new FakeContainer("client").dependsOn(new FakeContainer("server").failing());

        @Test
        void test() {
            Journal.note("test");
        }
    }
}
