package dev.foreignarch.emulation;

import static java.util.stream.Collectors.toMap;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.engine.ContainerOutcome;
import dev.foreignarch.engine.ContainerSpec;
import dev.foreignarch.engine.Engine;
import dev.foreignarch.engine.EngineException;
import dev.foreignarch.engine.LoadedImage;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Tries programs of foreign architectures on an engine: the only proof that they run. */
final class Probe {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Engine engine;
    private final String image;

    /** Probe with an image that has the probes. */
    Probe(Engine engine, LoadedImage image) {
        this.engine = engine;
        this.image = image.name();
    }

    /** Try all of these architectures in one new container without any privilege. */
    Map<Architecture, ProbeOutcome> run(Collection<Architecture> architectures) {
        Map<Architecture, String> files = architectures.stream()
                .collect(toMap(Function.identity(), HelperImage::probe, (one, same) -> one, LinkedHashMap::new));
        List<String> command = Stream.concat(
                        Stream.of(HelperImage.HELPER, "probe"),
                        files.values().stream().distinct())
                .toList();
        ContainerOutcome outcome = engine.run(ContainerSpec.of(image, command), LIMIT);
        Map<String, ProbeOutcome> byFile = ProbeOutcome.parse(outcome.text());
        Map<Architecture, ProbeOutcome> results = new LinkedHashMap<>();
        files.forEach((architecture, file) -> {
            ProbeOutcome result = byFile.get(file);
            if (result == null) {
                throw new EngineException(
                        "the container that probes " + architecture + " ended with exit code " + outcome.exitCode()
                                + " and without a result: " + outcome.errorText(),
                        null);
            }
            results.put(architecture, result);
        });
        return results;
    }
}
