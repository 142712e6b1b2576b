package dev.foreignarch.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testcontainers.containers.GenericContainer;

/** {@code @ForeignContainer} on parameters. */
@ExtendWith(Journal.class)
class ContainerParameterTests {

    private final FakeHost host = new FakeHost();

    @Test
    void eachParameterGetsAContainerForTheTest() {
        host.run(ParametersTestCase.class)
                .testEvents()
                .assertStatistics(count -> count.started(2).succeeded(2));

        assertThat(Journal.lines())
                .containsExactly(
                        "prepare [arm64v8, s390x]",
                        "start of-constructor on arm64v8",
                        "start of-before-each on arm64v8",
                        "start of-test on arm64v8",
                        "start of-test on arm64v8",
                        "test 1",
                        "start of-after-each on arm64v8",
                        "stop of-after-each on arm64v8",
                        "stop of-test on arm64v8",
                        "stop of-test on arm64v8",
                        "stop of-before-each on arm64v8",
                        "stop of-constructor on arm64v8",
                        "start of-constructor on s390x",
                        "start of-before-each on s390x",
                        "start of-test on s390x",
                        "start of-test on s390x",
                        "test 1",
                        "start of-after-each on s390x",
                        "stop of-after-each on s390x",
                        "stop of-test on s390x",
                        "stop of-test on s390x",
                        "stop of-before-each on s390x",
                        "stop of-constructor on s390x",
                        "close host");
    }

    @ExtendWith(FakeHost.Installation.class)
    @ForeignArch({"arm64v8", "s390x"})
    static class ParametersTestCase {

        ParametersTestCase(@ForeignContainer("of-constructor") GenericContainer<?> container) {
            assertThat(container.getContainerId()).isNotNull();
        }

        @BeforeEach
        void beforeEach(@ForeignContainer("of-before-each") GenericContainer<?> container) {
            assertThat(container.getContainerId()).isNotNull();
        }

        @ParameterizedTest
        @ValueSource(ints = 1)
        void test(
                int number,
                @ForeignContainer("of-test") GenericContainer<?> primary,
                @ForeignContainer("of-test") GenericContainer<?> replica) {
            assertThat(primary).isNotSameAs(replica);
            Journal.note("test " + number);
        }

        @AfterEach
        void afterEach(@ForeignContainer("of-after-each") GenericContainer<?> container) {
            assertThat(container.getContainerId()).isNotNull();
        }
    }

    @Test
    void aTestOfItsOwnArchitectureMayTakeContainers() {
        host.run(MethodLevelTestCase.class)
                .testEvents()
                .assertStatistics(count -> count.started(3).succeeded(3));

        assertThat(Journal.linesStartingWith("st"))
                .containsExactlyInAnyOrder(
                        "start redis:7 on s390x",
                        "stop redis:7 on s390x",
                        "start redis:7 on arm64v8",
                        "stop redis:7 on arm64v8",
                        "start redis:7 on arm32v7",
                        "stop redis:7 on arm32v7");
    }

    @ExtendWith(FakeHost.Installation.class)
    static class MethodLevelTestCase {

        @Test
        @ForeignArch("s390x")
        void one(@ForeignContainer("redis:7") GenericContainer<?> redis) {
            assertThat(redis.getContainerId()).isNotNull();
        }

        @ForeignArchTest({"arm64v8", "arm32v7"})
        void many(@ForeignContainer("redis:7") GenericContainer<?> redis) {
            assertThat(redis.getContainerId()).isNotNull();
        }
    }
}
