package dev.foreignarch.bench;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs test classes as a build tool does. The {@code main} does it in a JVM that does nothing else, and says how long. */
final class TestRun {

    private TestRun() {}

    /** Run the tests of the classes named by the arguments, in one session, and print how many nanoseconds it took. */
    public static void main(String[] classes) {
        System.out.println("nanoseconds " + of(Map.of(), classes).toNanos());
    }

    /** Run classes in a session of their own, and return how long that took. */
    private static Duration of(Map<String, String> configuration, String... classes) {
        long start = System.nanoTime();
        try (LauncherSession session = LauncherFactory.openSession()) {
            in(session, configuration, classes);
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Run classes in a session that goes on, as Surefire's does from one class to the next. */
    static Duration further(LauncherSession session, Map<String, String> configuration, String... classes) {
        long start = System.nanoTime();
        in(session, configuration, classes);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Run classes in a session, and return the number of tests that passed. */
    static long in(LauncherSession session, Map<String, String> configuration, String... classes) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(Stream.of(classes)
                        .map(name -> (DiscoverySelector) selectClass(name))
                        .toList())
                .configurationParameters(configuration)
                .build();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        session.getLauncher().execute(request, listener);
        TestExecutionSummary summary = listener.getSummary();
        if (!summary.getFailures().isEmpty()) {
            throw new IllegalStateException(summary.getFailures().get(0).getException());
        }
        if (summary.getTestsSucceededCount() == 0) {
            throw new IllegalStateException("No test ran of " + String.join(", ", classes));
        }
        return summary.getTestsSucceededCount();
    }
}
