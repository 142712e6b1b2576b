package dev.foreignarch.jupiter;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Whether tests run at the same time. */
final class Concurrency {

    private static final String ENABLED = "junit.jupiter.execution.parallel.enabled";

    private Concurrency() {}

    /** Return how a context runs beside its siblings: JUnit's own answer leaves out whether parallelism is on at all. */
    static ExecutionMode of(ExtensionContext context) {
        return isEnabled(context) ? context.getExecutionMode() : ExecutionMode.SAME_THREAD;
    }

    /** Return whether any tests of the run may run at the same time. */
    static boolean isEnabled(ExtensionContext context) {
        return context.getConfigurationParameter(ENABLED)
                .map(Boolean::parseBoolean)
                .orElse(false);
    }
}
