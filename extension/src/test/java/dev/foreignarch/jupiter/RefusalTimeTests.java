package dev.foreignarch.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testcontainers.containers.GenericContainer;

/** When a class is refused, as the guide says it. */
@ExtendWith(Journal.class)
class RefusalTimeTests {

    private final FakeHost host = new FakeHost();

    @Test
    void before_any_test_of_a_class_that_carries_an_annotation() {
        host.run(AnnotatedClassTestCase.class).testEvents().assertStatistics(count -> count.started(0));

        assertThat(Journal.lines()).isEmpty();
    }

    @ForeignArch("s390x")
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class AnnotatedClassTestCase {
        @Test
        void first() {
            Journal.note("first");
        }

        @Test
        @ForeignArch("arm64v8")
        void second() {}
    }

    @Test
    void before_any_test_of_a_class_with_a_field_that_carries_one() {
        host.run(AnnotatedFieldTestCase.class).testEvents().assertStatistics(count -> count.started(0));

        assertThat(Journal.lines()).isEmpty();
    }

    static class AnnotatedFieldTestCase {
        @ForeignContainer("redis:7")
        GenericContainer<?> redis;

        @Test
        void test() {
            Journal.note("test");
        }
    }

    @Test
    void in_its_turn_where_nothing_but_a_method_carries_one() {
        host.run(AnnotatedMethodTestCase.class)
                .testEvents()
                .assertStatistics(count -> count.started(2).succeeded(1).failed(1));

        assertThat(Journal.lines()).containsExactly("first");
    }

    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class AnnotatedMethodTestCase {
        @Test
        void first() {
            Journal.note("first");
        }

        @Test
        @ForeignArch("unknown")
        void second() {
            Journal.note("second");
        }
    }
}
