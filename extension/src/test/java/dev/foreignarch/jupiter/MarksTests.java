package dev.foreignarch.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.github.dockerjava.api.exception.InternalServerErrorException;
import dev.foreignarch.arch.Architecture;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.testcontainers.containers.GenericContainer;

/** What is remarked on cells and on their containers, on its way to JUnit's listeners. */
class MarksTests {

    private final FakeHost host = new FakeHost();

    @Test
    void a_mark_on_a_shared_container_is_one_on_each_cell_that_ends_later() {
        assertThat(marks(host.run(SharedTestCase.class)))
                .containsExactly(
                        "first(): the cell's own",
                        "second(): the cell's own\nalso runs a native program",
                        "third(): the cell's own\nalso runs a native program");
    }

    @ExtendWith({FakeHost.Installation.class, Remarks.class})
    @ForeignArch("s390x")
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class SharedTestCase {

        @ForeignContainer("redis:7")
        static GenericContainer<?> redis;

        @Test
        void first() {}

        @Test
        void second() {}

        @Test
        void third() {}
    }

    @Test
    void dynamic_tests_have_the_marks_of_their_factory() {
        assertThat(marks(host.run(FactoryTestCase.class)))
                .containsExactly(
                        "one: the cell's own\nalso runs a native program",
                        "two: the cell's own\nalso runs a native program",
                        "second(): the cell's own\nalso runs a native program");
    }

    @ExtendWith({FakeHost.Installation.class, Remarks.class})
    @ForeignArch("s390x")
    static class FactoryTestCase {

        @ForeignContainer("redis:7")
        GenericContainer<?> redis;

        @TestFactory
        Stream<DynamicTest> second() {
            return Stream.of(dynamicTest("one", () -> {}), dynamicTest("two", () -> {}));
        }
    }

    /** Takes the part of those that look at tests and their containers. */
    static final class Remarks implements BeforeTestExecutionCallback {

        @Override
        public void beforeTestExecution(ExtensionContext context) {
            CellUse.of(context).mark("the cell's own");
            if (context.getRequiredTestMethod().getName().equals("second")) {
                Stream.concat(
                                InvocationContainers.in(context).map(InvocationContainers::containers).stream(),
                                ContainerScope.find(context).map(ContainerScope::containers).stream())
                        .flatMap(List::stream)
                        .forEach(container -> container.mark("also runs\n  a native program"));
            }
        }
    }

    @Test
    void an_engine_that_refuses_to_tell_of_an_image_neither_fails_a_test_nor_hides_why_it_failed() {
        EngineExecutionResults results =
                host.silentOfImages(new InternalServerErrorException("no disk")).run(OwnContainerTestCase.class);

        results.testEvents()
                .assertStatistics(events -> events.started(2).succeeded(1).failed(1));
        assertThat(results.testEvents()
                        .failed()
                        .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                                .getThrowable()
                                .orElseThrow()))
                .singleElement()
                .satisfies(failure -> {
                    assertThat(failure).hasMessage("on its own");
                    assertThat(failure.getSuppressed())
                            .singleElement()
                            .extracting(Throwable::getMessage)
                            .asString()
                            .startsWith("the architecture of this test is s390x");
                });
        assertThat(marks(results))
                .containsExactlyInAnyOrder(
                        "passes(Architecture): also ran native: redis:7",
                        "fails(Architecture): also ran native: redis:7");
    }

    @ExtendWith(FakeHost.Installation.class)
    @ForeignArch("s390x")
    static class OwnContainerTestCase {

        private final FakeContainer own = new FakeContainer("redis:7");

        @BeforeEach
        void start() {
            own.start();
        }

        @Test
        void passes(Architecture architecture) {}

        @Test
        void fails(Architecture architecture) {
            throw new IllegalStateException("on its own");
        }
    }

    private static List<String> marks(EngineExecutionResults results) {
        return results.allEvents()
                .reportingEntryPublished()
                .filter(event -> event.getRequiredPayload(ReportEntry.class)
                        .getKeyValuePairs()
                        .containsKey(ReportKeys.MARKS))
                .map(event -> event.getTestDescriptor().getDisplayName() + ": "
                        + event.getRequiredPayload(ReportEntry.class)
                                .getKeyValuePairs()
                                .get(ReportKeys.MARKS))
                .toList();
    }
}
