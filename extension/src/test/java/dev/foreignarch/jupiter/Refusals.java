package dev.foreignarch.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.Event;

/** Runs test cases that are refused before anything is prepared or started. A test of it needs the {@link Journal}. */
final class Refusals {

    private final FakeHost host = new FakeHost();

    EngineExecutionResults run(Class<?> testCase) {
        return host.run(testCase);
    }

    /** Run a test case of which one test or class fails. */
    Throwable failureOf(Class<?> testCase) {
        EngineExecutionResults results = run(testCase);

        assertThat(Journal.lines()).isSubsetOf("close host");
        List<Throwable> failures = failures(results);
        assertThat(failures).hasSize(1);
        return failures.get(0);
    }

    private static List<Throwable> failures(EngineExecutionResults results) {
        return results.allEvents().failed().map(Refusals::failure).toList();
    }

    static Throwable failure(Event failed) {
        return failed.getRequiredPayload(TestExecutionResult.class)
                .getThrowable()
                .orElseThrow();
    }

    /** Where JUnit may run a method for other annotations too, each time it tells the same, and no test passes. */
    void assertRefusedEachTime(Class<?> testCase, String... faults) {
        EngineExecutionResults results = run(testCase);

        assertThat(failures(results))
                .isNotEmpty()
                .allSatisfy(failure -> assertThat(failure).hasMessage(refusal(testCase, faults)));
        results.testEvents().assertStatistics(count -> count.succeeded(0));
    }

    void assertRefused(Class<?> testCase, String... faults) {
        assertThat(failureOf(testCase))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessage(refusal(testCase, faults));
    }

    static String refusal(Class<?> testCase, String... faults) {
        return testCase.getName() + " is refused by ForeignArch:\n  * " + String.join("\n  * ", faults);
    }
}
