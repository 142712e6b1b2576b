package dev.foreignarch.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import dev.foreignarch.arch.Architecture;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testcontainers.containers.GenericContainer;

/** {@code @ForeignContainer} on fields. */
@ExtendWith(Journal.class)
class ContainerFieldTests {

    private final FakeHost host = new FakeHost();

    @Test
    void anInstanceFieldGetsAContainerForEachTestBeforeAnythingOfTheUsers() {
        host.run(InstanceTestCase.class)
                .testEvents()
                .assertStatistics(count -> count.started(4).succeeded(2).failed(2));

        assertThat(Journal.lines())
                .containsExactly(
                        "prepare [arm64v8, s390x]",
                        "start redis:7 on arm64v8",
                        "before each arm64v8",
                        "test",
                        "after each arm64v8",
                        "stop redis:7 on arm64v8",
                        "start redis:7 on arm64v8",
                        "before each arm64v8",
                        "failing test",
                        "after each arm64v8",
                        "stop redis:7 on arm64v8",
                        "start redis:7 on s390x",
                        "before each s390x",
                        "test",
                        "after each s390x",
                        "stop redis:7 on s390x",
                        "start redis:7 on s390x",
                        "before each s390x",
                        "failing test",
                        "after each s390x",
                        "stop redis:7 on s390x",
                        "close host");
    }

    @ExtendWith(FakeHost.Installation.class)
    @ForeignArch({"arm64v8", "s390x"})
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class InstanceTestCase {

        @ForeignContainer("redis:7")
        private GenericContainer<?> redis;

        @BeforeEach
        void beforeEach() {
            Journal.note("before each " + place(redis));
        }

        @Test
        void aSuccess() {
            Journal.note("test");
        }

        @Test
        void failure() {
            Journal.note("failing test");
            fail("on purpose");
        }

        @AfterEach
        void afterEach() {
            Journal.note("after each " + place(redis));
        }
    }

    @Test
    void aStaticFieldGetsAContainerForEachArchitecture() {
        host.run(StaticTestCase.class)
                .testEvents()
                .assertStatistics(count -> count.started(4).succeeded(4));

        assertThat(Journal.lines())
                .containsExactly(
                        "prepare [arm64v8, s390x]",
                        "start redis:7 on arm64v8",
                        "start postgres:15 on arm64v8",
                        "test arm64v8 arm64v8 arm64v8",
                        "test arm64v8 arm64v8 arm64v8",
                        "stop postgres:15 on arm64v8",
                        "stop redis:7 on arm64v8",
                        "start redis:7 on s390x",
                        "start postgres:15 on s390x",
                        "test s390x s390x s390x",
                        "test s390x s390x s390x",
                        "stop postgres:15 on s390x",
                        "stop redis:7 on s390x",
                        "close host");
        assertThat(StaticTestCase.redis).isNull();
        assertThat(StaticTestCase.POSTGRES.getLogConsumers()).isEmpty();
    }

    @ExtendWith(FakeHost.Installation.class)
    @ForeignArch({"arm64v8", "s390x"})
    static class StaticTestCase {

        @ForeignContainer("redis:7")
        private static GenericContainer<?> redis;

        @ForeignContainer
        private static final FakeContainer POSTGRES = new FakeContainer("postgres:15");

        @Test
        void one(Architecture architecture) {
            note(architecture);
        }

        @Test
        void two(Architecture architecture) {
            note(architecture);
        }

        private static void note(Architecture architecture) {
            Journal.note("test " + architecture + " " + place(redis) + " " + POSTGRES.place());
        }
    }

    @Test
    void fieldsOfSuperclassesAndEnclosingClassesCount() {
        host.run(FamilyTestCase.class)
                .testEvents()
                .assertStatistics(count -> count.started(1).succeeded(1));

        assertThat(Journal.lines())
                .containsExactly(
                        "prepare [s390x]",
                        "start static-of-base on s390x",
                        "start static-of-outer on s390x",
                        "start static-of-inner on s390x",
                        "start of-base on s390x",
                        "start of-outer on s390x",
                        "start of-inner on s390x",
                        "test",
                        "stop of-inner on s390x",
                        "stop of-outer on s390x",
                        "stop of-base on s390x",
                        "stop static-of-inner on s390x",
                        "stop static-of-outer on s390x",
                        "stop static-of-base on s390x",
                        "close host");
    }

    @ExtendWith(FakeHost.Installation.class)
    @ForeignArch("s390x")
    abstract static class BaseTestCase {

        @ForeignContainer("static-of-base")
        static GenericContainer<?> staticOfBase;

        @ForeignContainer("of-base")
        GenericContainer<?> ofBase;
    }

    static class FamilyTestCase extends BaseTestCase {

        @ForeignContainer("static-of-outer")
        static GenericContainer<?> staticOfOuter;

        @ForeignContainer("of-outer")
        GenericContainer<?> ofOuter;

        @Nested
        class Inner {

            @ForeignContainer("static-of-inner")
            static GenericContainer<?> staticOfInner;

            @ForeignContainer("of-inner")
            GenericContainer<?> ofInner;

            @Test
            void test() {
                assertThat(new Object[] {staticOfBase, staticOfOuter, staticOfInner, ofBase, ofOuter, ofInner})
                        .doesNotContainNull();
                Journal.note("test");
            }
        }
    }

    @Test
    void staticFieldsOfAnEnclosingClassServeARepeatedNestedClass() {
        host.run(EnclosingTestCase.class)
                .testEvents()
                .assertStatistics(count -> count.started(3).succeeded(3));

        assertThat(Journal.linesStartingWith("test"))
                .containsExactlyInAnyOrder("test s390x", "test arm64v8", "test none");
        assertThat(Journal.linesStartingWith("stop")).hasSize(2);
    }

    @ExtendWith(FakeHost.Installation.class)
    static class EnclosingTestCase {

        @ForeignContainer("redis:7")
        static GenericContainer<?> redis;

        @Test
        void withoutArchitecture() {
            Journal.note("test " + (redis == null ? "none" : "some"));
        }

        @Nested
        @ForeignArch({"arm64v8", "s390x"})
        class Inner {
            @Test
            void test() {
                Journal.note("test " + place(redis));
            }
        }
    }

    @Test
    void oneInstanceOfAClassGetsAContainerForEachTestAllTheSame() {
        host.run(PerClassTestCase.class)
                .testEvents()
                .assertStatistics(count -> count.started(4).succeeded(4));

        assertThat(Journal.linesStartingWith("test"))
                .containsExactly(
                        "test arm64v8 arm64v8", "test arm64v8 arm64v8", "test s390x s390x", "test s390x s390x");
        assertThat(Journal.linesStartingWith("start")).hasSize(8);
        assertThat(Journal.linesStartingWith("stop")).hasSize(8);
    }

    @ExtendWith(FakeHost.Installation.class)
    @ForeignArch({"arm64v8", "s390x"})
    @TestInstance(Lifecycle.PER_CLASS)
    static class PerClassTestCase {

        @ForeignContainer("redis:7")
        GenericContainer<?> redis;

        @ForeignContainer
        final FakeContainer postgres = new FakeContainer("postgres:15");

        @Test
        void one() {
            note();
        }

        @Test
        void two() {
            note();
        }

        private void note() {
            Journal.note("test " + place(redis) + " " + postgres.place());
        }
    }

    @Test
    void aTestOfItsOwnArchitectureGetsItsContainersAndOthersDont() {
        host.run(MethodLevelTestCase.class)
                .testEvents()
                .assertStatistics(count -> count.started(4).succeeded(4));

        assertThat(Journal.linesStartingWith("test"))
                .containsExactlyInAnyOrder("test s390x", "test arm64v8", "test arm32v7", "test none");
        assertThat(Journal.linesStartingWith("stop"))
                .containsExactlyInAnyOrder(
                        "stop redis:7 on s390x", "stop redis:7 on arm64v8", "stop redis:7 on arm32v7");
    }

    @Retention(RetentionPolicy.RUNTIME)
    @ForeignContainer("redis:7")
    @interface Redis {}

    @ExtendWith(FakeHost.Installation.class)
    static class MethodLevelTestCase {

        @Redis
        @SuppressWarnings("NullAway.Init")
        GenericContainer<?> redis;

        @Test
        @ForeignArch("s390x")
        void one() {
            Journal.note("test " + place(redis));
        }

        @ForeignArchTest({"arm64v8", "arm32v7"})
        void many() {
            Journal.note("test " + place(redis));
        }

        @Test
        void withoutArchitecture() {
            Journal.note("test " + (redis == null ? "none" : "some"));
        }
    }

    @Test
    void containersAreStoppedEvenWhenOneCannotBe() {
        host.run(UnstoppableTestCase.class)
                .testEvents()
                .assertStatistics(count -> count.started(1).failed(1));

        assertThat(Journal.linesStartingWith("stop"))
                .containsExactlyInAnyOrder("stop last on s390x", "stop unstoppable on s390x", "stop first on s390x");
    }

    @ExtendWith(FakeHost.Installation.class)
    @ForeignArch("s390x")
    static class UnstoppableTestCase {

        @ForeignContainer
        FakeContainer first = new FakeContainer("first");

        @ForeignContainer
        FakeContainer unstoppable = new FakeContainer("unstoppable") {
            @Override
            public void stop() {
                super.stop();
                throw new IllegalStateException("can't be stopped");
            }
        };

        @ForeignContainer
        FakeContainer last = new FakeContainer("last");

        @Test
        void test() {}
    }

    private static String place(GenericContainer<?> container) {
        return ((FakeContainer) container).place();
    }
}
