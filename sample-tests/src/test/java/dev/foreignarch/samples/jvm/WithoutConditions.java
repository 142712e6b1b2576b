package dev.foreignarch.samples.jvm;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;

import dev.foreignarch.jupiter.ForeignArchParameters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs tests of {@link LibraryTests} also where they are left out. */
final class WithoutConditions {

    private WithoutConditions() {}

    /** Return the unique ID of a test on an architecture. */
    static String id(String method, String architecture) {
        return "[engine:foreignarch-jvm]/[class:" + LibraryTests.class.getName() + "]/[architecture:" + architecture
                + "]/[method:" + method + "()]";
    }

    /** Run tests, and return their results by their rows in reports. */
    static Map<String, TestExecutionResult> run(List<String> ids) {
        Map<String, TestExecutionResult> results = new HashMap<>();
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request()
                .configurationParameter("foreignarch.jvm.timeout", "PT3M")
                .configurationParameter(ForeignArchParameters.REPORT, "none")
                .configurationParameter(
                        "junit.jupiter.conditions.deactivate", "dev.foreignarch.jupiter.ForeignArchCondition");
        ids.forEach(id -> request.selectors(selectUniqueId(id)));
        try (LauncherSession session = LauncherFactory.openSession()) {
            session.getLauncher().execute(request.build(), new TestExecutionListener() {
                @Override
                public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                    if (test.isTest()) {
                        results.put(test.getLegacyReportingName(), result);
                    }
                }
            });
        }
        return results;
    }
}
