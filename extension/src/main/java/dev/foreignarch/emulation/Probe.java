package dev.foreignarch.emulation;

import static java.util.stream.Collectors.toMap;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.engine.ContainerEndedException;
import dev.foreignarch.engine.ContainerSpec;
import dev.foreignarch.engine.Disposal;
import dev.foreignarch.engine.Engine;
import dev.foreignarch.engine.EngineException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Tries programs of foreign architectures on an engine: the only proof that they run. */
final class Probe {

    private static final String SESSION = "session";

    private static final Duration START = Duration.ofSeconds(60);

    /** The helper gives a probe 10 seconds, and its emulator some more to tell its version. */
    private static final Duration LONGEST_PROBE = Duration.ofSeconds(15);

    private final Engine engine;
    private final String image;
    private final Disposal disposal;

    /** Probe with an image that has the probes. */
    Probe(Engine engine, String image, Disposal disposal) {
        this.engine = engine;
        this.image = image;
        this.disposal = disposal;
    }

    /** Try all of these architectures in one new container without any privilege. */
    Map<Architecture, ProbeOutcome> run(Collection<Architecture> architectures) {
        Map<Architecture, String> files = architectures.stream()
                .collect(toMap(Function.identity(), HelperImage::probe, (one, same) -> one, LinkedHashMap::new));
        Map<String, ProbeOutcome> byFile =
                outcomes(files.values().stream().distinct().toList());
        Map<Architecture, ProbeOutcome> results = new LinkedHashMap<>();
        files.forEach((architecture, file) -> results.put(architecture, byFile.get(file)));
        return results;
    }

    private Map<String, ProbeOutcome> outcomes(List<String> files) {
        Predicate<String> complete =
                text -> ProbeOutcome.parse(wholeLines(text)).keySet().containsAll(files);
        Duration limit = START.plus(LONGEST_PROBE.multipliedBy(files.size()));
        try {
            // The first container stays, as the session's sign of life: that costs no other one.
            return ProbeOutcome.parse(
                    engine.session().isOpen()
                            ? engine.runUntil(spec(image, "probe", files), complete, limit, disposal)
                            : engine.session().begin(spec(image, SESSION, files), complete, limit));
        } catch (ContainerEndedException ended) {
            String exitCode = ended.exitCode().isPresent()
                    ? " (exit code " + ended.exitCode().getAsLong() + ")"
                    : "";
            throw new EngineException(
                    "the container that probes ended without a result" + exitCode + ": " + ended.getMessage(), ended);
        }
    }

    /** Return the container for a session's sign of life that tries nothing. */
    static ContainerSpec sign(String image) {
        return spec(image, SESSION, List.of());
    }

    private static ContainerSpec spec(String image, String verb, List<String> files) {
        return ContainerSpec.of(
                image,
                Stream.concat(Stream.of(HelperImage.HELPER, verb), files.stream())
                        .toList());
    }

    private static String wholeLines(String text) {
        return text.substring(0, text.lastIndexOf('\n') + 1);
    }
}
