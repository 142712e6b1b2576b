package dev.foreignarch.container;

import com.github.dockerjava.api.command.HealthState;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.HealthCheck;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the engine has noted of health checks that failed.
 *
 * @param failures how many have failed, one after the other
 * @param limit how long a check may take
 * @param checks the last of them, in a line each
 */
record HealthLog(int failures, Duration limit, List<String> checks) {

    private static final Duration USUAL_LIMIT = Duration.ofSeconds(30);

    HealthLog {
        checks = List.copyOf(checks);
    }

    /** Return the log of a container whose last health check failed. */
    static Optional<HealthLog> of(InspectContainerResponse container) {
        HealthState health =
                container.getState() == null ? null : container.getState().getHealth();
        if (health == null || Objects.requireNonNullElse(health.getFailingStreak(), 0) == 0) {
            return Optional.empty();
        }
        List<String> checks = Stream.ofNullable(health.getLog())
                .flatMap(List::stream)
                .map(check -> "exit code " + check.getExitCodeLong() + ": "
                        + Objects.requireNonNullElse(check.getOutput(), "").strip())
                .toList();
        return Optional.of(new HealthLog(health.getFailingStreak(), limit(container), checks));
    }

    private static Duration limit(InspectContainerResponse container) {
        return Optional.ofNullable(container.getConfig().getHealthcheck())
                .map(HealthCheck::getTimeout)
                .filter(nanos -> nanos > 0)
                .map(Duration::ofNanos)
                .orElse(USUAL_LIMIT);
    }

    /** Return whether the last check was given up rather than answered. */
    boolean isLimitTooShort() {
        return !checks.isEmpty() && checks.get(checks.size() - 1).contains("exceeded timeout");
    }
}
