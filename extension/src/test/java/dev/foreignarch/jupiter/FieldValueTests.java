package dev.foreignarch.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.testcontainers.containers.GenericContainer;

/** Faults that only the values of fields show. They fail each test, and nothing is started. */
@ExtendWith(Journal.class)
class FieldValueTests {

    private final FakeHost host = new FakeHost();

    private void assertEachTestRefused(Class<?> testCase, int tests, String... faults) {
        EngineExecutionResults results = host.run(testCase);

        results.testEvents().assertStatistics(count -> count.started(tests).failed(tests));
        results.containerEvents().assertStatistics(count -> count.failed(0));
        assertThat(Journal.linesStartingWith("start")).isEmpty();
        assertThat(results.testEvents()
                        .failed()
                        .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                                .getThrowable()
                                .orElseThrow()))
                .hasSize(tests)
                .allSatisfy(failure -> assertThat(failure)
                        .isInstanceOf(ExtensionConfigurationException.class)
                        .hasMessage(testCase.getName() + " is refused by ForeignArch:\n  * "
                                + String.join("\n  * ", faults)));
    }

    @Test
    void fieldsOfAnInstance() {
        assertEachTestRefused(
                InstanceTestCase.class,
                2,
                "@ForeignContainer(\"redis:7\") on field both of InstanceTestCase names an image, but the field holds a"
                        + " container already. Leave one of the two out.",
                "@ForeignContainer on field none of InstanceTestCase names no image, and the field holds no container."
                        + " Write @ForeignContainer(\"image:tag\"), or assign a container.",
                "@ForeignContainer on field running of InstanceTestCase holds a container that is started already, so"
                        + " that its architecture can't be chosen any more. Leave its start to ForeignArch: remove the"
                        + " call of start(), or Testcontainers' @Container beside @ForeignContainer.");
    }

    /** A container that somebody else started. */
    static class RunningContainer extends FakeContainer {
        RunningContainer() {
            super("running");
        }

        @Override
        public String getContainerId() {
            return "an id";
        }
    }

    @ExtendWith(FakeHost.Installation.class)
    @ForeignArch({"arm64v8", "s390x"})
    static class InstanceTestCase {
        @ForeignContainer("redis:7")
        GenericContainer<?> both = new FakeContainer("redis:7");

        @ForeignContainer
        GenericContainer<?> none;

        @ForeignContainer
        GenericContainer<?> running = new RunningContainer();

        @Test
        void test() {}
    }

    @Test
    void staticFields() {
        assertEachTestRefused(
                StaticTestCase.class,
                4,
                "@ForeignContainer(\"redis:7\") on field both of StaticTestCase names an image, but the field holds a"
                        + " container already. Leave one of the two out.",
                "@ForeignContainer on field none of StaticTestCase names no image, and the field holds no container."
                        + " Write @ForeignContainer(\"image:tag\"), or assign a container.",
                "@ForeignContainer on field running of StaticTestCase holds a container that is started already, so"
                        + " that its architecture can't be chosen any more. Leave its start to ForeignArch: remove the"
                        + " call of start(), or Testcontainers' @Container beside @ForeignContainer.");
    }

    @ExtendWith(FakeHost.Installation.class)
    @ForeignArch({"arm64v8", "s390x"})
    static class StaticTestCase {
        @ForeignContainer("redis:7")
        static GenericContainer<?> both = new FakeContainer("redis:7");

        @ForeignContainer
        static GenericContainer<?> none;

        @ForeignContainer
        static GenericContainer<?> running = new RunningContainer();

        @Test
        void one() {}

        @Test
        void two() {}
    }
}
