package dev.foreignarch.engine;

import static java.util.stream.Collectors.toSet;
import static org.apiguardian.api.API.Status.INTERNAL;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Container;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apiguardian.api.API;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;

/** What JVMs that were killed have left on an engine: containers whose session has no sign of life anymore. */
@API(status = INTERNAL, since = "0.1")
public final class Leftovers {

    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

    /** Not as filters of the engine's: Podman refuses states that it does not know. */
    private static final Set<String> NOT_RUNNING = Set.of("created", "configured", "exited", "stopped", "dead");

    /** A sign of life is started at once after it is created, unless its JVM has been killed between the two. */
    private static final Duration LONGEST_START = Duration.ofMinutes(1);

    private Leftovers() {}

    /**
     * Remove what belongs to sessions that are over.
     *
     * <p>A session's sign runs before it labels anything, so that of what one list shows nothing is ahead of its sign.
     */
    public static void remove(Engine engine) {
        DockerClient client = engine.client();
        List<Container> ours =
                client.listContainersCmd().withLabelFilter(List.of(Session.LABEL)).withShowAll(true).exec().stream()
                        .filter(container -> Session.isId(session(container)))
                        .toList();
        Set<String> living = ours.stream()
                .filter(container -> isSign(container) && isRunning(container))
                .map(Leftovers::session)
                .collect(toSet());
        for (Container container : ours) {
            if (isSign(container) ? isAbandoned(container) : !living.contains(session(container))) {
                remove(client, container);
            }
        }
    }

    private static boolean isAbandoned(Container sign) {
        return !isRunning(sign)
                && Instant.ofEpochSecond(Objects.requireNonNullElse(sign.getCreated(), 0L))
                        .plus(LONGEST_START)
                        .isBefore(Instant.now());
    }

    private static void remove(DockerClient client, Container container) {
        // What JVMs share outlives the one that has started it, and ends by itself.
        boolean withForce = labels(container).containsKey(DockerClientFactory.TESTCONTAINERS_LABEL);
        if (isRunning(container) && !withForce) {
            return;
        }
        try {
            client.removeContainerCmd(container.getId())
                    .withForce(withForce)
                    .withRemoveVolumes(true)
                    .exec();
        } catch (DockerException goneOrStarted) {
            LOG.debug("{} of a JVM that has ended was not removed", container.getId(), goneOrStarted);
        }
    }

    private static boolean isRunning(Container container) {
        return !NOT_RUNNING.contains(String.valueOf(container.getState()));
    }

    private static boolean isSign(Container container) {
        return labels(container).containsKey(Session.SIGN);
    }

    private static String session(Container container) {
        return labels(container).getOrDefault(Session.LABEL, "");
    }

    private static Map<String, String> labels(Container container) {
        return Objects.requireNonNullElse(container.getLabels(), Map.of());
    }
}
