package dev.foreignarch.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foreignarch.program.Program;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.engine.TestExecutionResult;
import org.testcontainers.containers.GenericContainer;

/** Fields that are used where they have nothing. */
@ExtendWith(Journal.class)
class AbsentFieldTests {

    private final FakeHost host = new FakeHost();

    private Throwable failureOf(Class<?> testCase) {
        return host.run(testCase)
                .allEvents()
                .failed()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                        .getThrowable()
                        .orElseThrow())
                .toList()
                .get(0);
    }

    private void assertRefused(Class<?> testCase, Class<? extends Throwable> cause, String... faults) {
        assertThat(failureOf(testCase))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessage(Refusals.refusal(testCase, faults))
                .hasCauseInstanceOf(cause);
    }

    @Test
    void before_all() {
        assertRefused(
                BeforeAllTestCase.class,
                NullPointerException.class,
                "@ForeignContainer(\"redis:7\") on field redis of BeforeAllTestCase: the field is not set in @BeforeAll,"
                        + " which runs once, before the tests of any architecture. Move what needs it to @BeforeEach, or"
                        + " to the tests.");
    }

    @ExtendWith(FakeHost.Installation.class)
    @ForeignArch("s390x")
    static class BeforeAllTestCase {

        @ForeignContainer("redis:7")
        static GenericContainer<?> redis;

        @ForeignContainer("postgres:15")
        static GenericContainer<?> postgres;

        @BeforeAll
        static void beforeAll() {
            redis.getHost();
        }

        @Test
        void test() {}
    }

    @Test
    void before_all_with_a_container_of_ones_own() {
        assertRefused(
                OwnContainerTestCase.class,
                IllegalStateException.class,
                "@ForeignContainer on field OWN of OwnContainerTestCase: its container is not started in @BeforeAll,"
                        + " which runs once, before the tests of any architecture. Move what needs it to @BeforeEach, or"
                        + " to the tests.");
    }

    @ExtendWith(FakeHost.Installation.class)
    @ForeignArch("s390x")
    static class OwnContainerTestCase {

        @ForeignContainer
        static final FakeContainer OWN = new FakeContainer("redis:7");

        @BeforeAll
        static void beforeAll() {
            OWN.getMappedPort(80);
        }

        @Test
        void test() {}
    }

    @Test
    void before_all_without_an_engine_the_container_is_not_blamed() {
        assertThat(failureOf(OwnContainerWithoutEngineTestCase.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Could not find a valid Docker environment.");
    }

    @ExtendWith(FakeHost.Installation.class)
    @ForeignArch("s390x")
    static class OwnContainerWithoutEngineTestCase {

        @ForeignContainer
        static final FakeContainer OWN = new FakeContainer("redis:7");

        @BeforeAll
        static void beforeAll() {
            IllegalStateException failure = new IllegalStateException("Could not find a valid Docker environment.");
            failure.setStackTrace(new StackTraceElement[] {
                new StackTraceElement(
                        "org.testcontainers.dockerclient.DockerClientProviderStrategy",
                        "getFirstValidStrategy",
                        null,
                        1)
            });
            throw failure;
        }

        @Test
        void test() {}
    }

    @Test
    void after_all() {
        assertRefused(
                AfterAllTestCase.class,
                NullPointerException.class,
                "@ForeignContainer(\"redis:7\") on field redis of AfterAllTestCase: the field is not set in @AfterAll,"
                        + " which runs once, after the tests of all architectures. Move what needs it to @AfterEach, or"
                        + " to the tests.");
    }

    @ExtendWith(FakeHost.Installation.class)
    @ForeignArch("s390x")
    static class AfterAllTestCase {

        @ForeignContainer("redis:7")
        static GenericContainer<?> redis;

        @Test
        void test() {}

        @AfterAll
        static void afterAll() {
            redis.getHost();
        }
    }

    @Test
    void a_test_without_an_architecture() {
        assertRefused(
                WithoutArchitectureTestCase.class,
                NullPointerException.class,
                "@ForeignContainer(\"redis:7\") on field redis of WithoutArchitectureTestCase: the field is not set here,"
                        + " since method without of WithoutArchitectureTestCase has no architecture. Put @ForeignArch on"
                        + " the method or on the class, or do without the field in it.");
    }

    @ExtendWith(FakeHost.Installation.class)
    static class WithoutArchitectureTestCase {

        @ForeignContainer("redis:7")
        GenericContainer<?> redis;

        @Test
        @ForeignArch("s390x")
        void with() {
            Objects.requireNonNull(redis);
        }

        @Test
        void without() {
            redis.getHost();
        }
    }

    @Test
    void a_program_in_before_each_of_a_test_without_an_architecture() {
        assertRefused(
                ProgramTestCase.class,
                NullPointerException.class,
                "@ForeignProgram(\"target/{docker}/program\") on field program of ProgramTestCase: the field is not set"
                        + " here, since method without of ProgramTestCase has no architecture. Put @ForeignArch on the"
                        + " method or on the class, or do without the field in it.");
    }

    @ExtendWith(FakeHost.Installation.class)
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class ProgramTestCase {

        @ForeignProgram("target/{docker}/program")
        Program program;

        @BeforeEach
        void beforeEach() {
            program.summary();
        }

        @Test
        @Order(1)
        void without() {}

        @Test
        @Order(2)
        @ForeignArch("s390x")
        void with() {}
    }

    @Test
    void what_may_be_a_field_is_noted() {
        Throwable failure = failureOf(VariableTestCase.class);

        assertThat(failure).isInstanceOf(NullPointerException.class);
        assertThat(Arrays.stream(failure.getSuppressed()).map(Throwable::getMessage))
                .containsExactly(
                        "@ForeignContainer(\"redis:7\") on field redis of VariableTestCase: the field is not set"
                                + " here, since method without of VariableTestCase has no architecture. Put @ForeignArch on the"
                                + " method or on the class, or do without the field in it.");
    }

    @ExtendWith(FakeHost.Installation.class)
    static class VariableTestCase {

        @ForeignContainer("redis:7")
        GenericContainer<?> redis;

        @Test
        @ForeignArch("s390x")
        void with() {}

        @Test
        void without() {
            GenericContainer<?> copy = redis;
            copy.getHost();
        }
    }

    @Test
    void other_failures_stay_as_they_are() {
        Throwable failure = failureOf(OtherFieldTestCase.class);

        assertThat(failure).isInstanceOf(NullPointerException.class).hasNoCause();
        assertThat(failure.getSuppressed()).isEmpty();
    }

    @ExtendWith(FakeHost.Installation.class)
    static class OtherFieldTestCase {

        @ForeignContainer("redis:7")
        GenericContainer<?> redis;

        @SuppressWarnings("NullAway.Init")
        String other;

        @Test
        @ForeignArch("s390x")
        void with() {}

        @Test
        void without() {
            other.length();
        }
    }
}
