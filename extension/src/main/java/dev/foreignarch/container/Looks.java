package dev.foreignarch.container;

import dev.foreignarch.emulation.Verdict;
import dev.foreignarch.engine.Engine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.containers.GenericContainer;

/** What was seen of a container's processes since it was created. */
final class Looks {

    static final String AFTER_START = "after the start";
    static final String BEFORE_STOP = "before the stop";

    private static final Logger LOG = LoggerFactory.getLogger(Looks.class);
    private static final int MOST_SHOWN = 5;

    private final GenericContainer<?> container;
    private final Map<String, String> firstSeen = new LinkedHashMap<>();
    private @Nullable Sighting latest;
    private String obstacle = "";

    Looks(GenericContainer<?> container) {
        this.container = container;
    }

    /** A container that is created again has not been seen yet. */
    synchronized void clear() {
        firstSeen.clear();
        latest = null;
        obstacle = "";
    }

    /**
     * Look at the processes, by one call of the engine; by none where there is nothing to see, because the architecture
     * needs no emulator.
     *
     * @return what runs, if all of it is of another architecture
     */
    synchronized Optional<List<String>> look(Engine engine, Verdict verdict, String when) {
        if (verdict instanceof Verdict.Native) {
            return Optional.empty();
        }
        ContainerProcesses shown =
                ContainerProcesses.of(container, engine.facts().product().equals("Podman"));
        Sighting sighting = Sighting.of(shown.commands(), verdict);
        if (!sighting.isCertain(verdict) || sighting.isEmpty()) {
            if (latest == null) {
                obstacle = shown.obstacle().isEmpty() ? ContainerProcesses.NOT_SHOWN : shown.obstacle();
            }
            return Optional.empty();
        }
        latest = sighting;
        if (sighting.isAllWrong()) {
            return Optional.of(sighting.wrong());
        }
        for (String program : sighting.wrong()) {
            if (firstSeen.putIfAbsent(program, when) == null) {
                LOG.warn(
                        "In {}, which is emulated for {}, the engine runs {} (seen {})",
                        container.getDockerImageName(),
                        verdict.architecture(),
                        program,
                        when);
            }
        }
        return Optional.empty();
    }

    synchronized boolean isDone() {
        return latest != null || !obstacle.isEmpty();
    }

    /** Return what runs the container: what was seen, or what was meant and a word about it. */
    synchronized String summary(ContainerEmulation meant) {
        if (latest == null) {
            return meant.summary() + (obstacle.isEmpty() ? "" : " (not seen: " + obstacle + ")");
        }
        return latest.isAsMeant(meant.verdict())
                ? meant.summary()
                : "emulated by " + String.join(", ", latest.emulators());
    }

    /** Return what was seen that is not of the architecture, each with the time at which it was seen first. */
    synchronized List<String> observations() {
        List<String> observations = new ArrayList<>();
        firstSeen.forEach((program, when) -> observations.add(program + " (seen " + when + ")"));
        return observations;
    }

    static String few(List<String> programs) {
        int more = programs.size() - MOST_SHOWN;
        return more <= 0
                ? String.join(", ", programs)
                : String.join(", ", programs.subList(0, MOST_SHOWN)) + " and " + more + " more";
    }
}
