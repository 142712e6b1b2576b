package dev.foreignarch.samples.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** What {@link LibraryTests} leaves out still fails. When a library has been repaired, this test says so. */
class KnownFailuresTests {

    private static final Map<String, String> FAILURES = Map.of(
            "snappy[arm32v7]", "cannot open shared object file",
            "sqlite[s390x]", "No native library found for os.name=Linux, os.arch=s390x",
            "fastjson[arm32v7]", "It crashed: SIGBUS (0x7)",
            "fastjson[s390x]", "expected: <\"00000000-0000-0001-0000-000000000002\"> but was:",
            "netty[s390x]", "expected: <hello> but was: <>");

    @Test
    void stillFail() {
        Map<String, String> outcomes = new HashMap<>();
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request()
                .configurationParameter(
                        "junit.jupiter.conditions.deactivate", "dev.foreignarch.jupiter.ForeignArchCondition");
        FAILURES.keySet().forEach(row -> request.selectors(selectUniqueId(id(row))));
        try (LauncherSession session = LauncherFactory.openSession()) {
            session.getLauncher().execute(request.build(), new TestExecutionListener() {
                @Override
                public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                    if (test.isTest()) {
                        outcomes.put(test.getLegacyReportingName(), words(result));
                    }
                }
            });
        }

        assertEquals(Set.copyOf(FAILURES.keySet()), outcomes.keySet());
        FAILURES.forEach((row, words) ->
                assertTrue(outcomes.get(row).contains(words), () -> row + " now ends with: " + outcomes.get(row)));
    }

    private static String id(String row) {
        String method = row.substring(0, row.indexOf('['));
        String architecture = row.substring(row.indexOf('[') + 1, row.indexOf(']'));
        return "[engine:foreignarch-jvm]/[class:" + LibraryTests.class.getName() + "]/[architecture:" + architecture
                + "]/[method:" + method + "()]";
    }

    /** Libraries wrap what the loader says. */
    private static String words(TestExecutionResult result) {
        StringBuilder words = new StringBuilder(result.getStatus().toString());
        Throwable failure = result.getThrowable().orElse(null);
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            words.append("; ").append(cause);
        }
        return words.toString();
    }
}
