package dev.foreignarch.jvm.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import dev.foreignarch.emulation.Emulation;
import dev.foreignarch.emulation.FileDigests;
import dev.foreignarch.engine.ContainerOutcome;
import dev.foreignarch.engine.ContainerSpec;
import dev.foreignarch.engine.Engine;
import dev.foreignarch.engine.EngineException;
import dev.foreignarch.engine.EngineLock;
import dev.foreignarch.engine.NameLock;
import dev.foreignarch.engine.RunningContainer;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The volume that keeps the jars of all projects on the engine, by their content, and what was made of them. Only jars
 * that are new travel.
 *
 * <p>Foreign JVMs, whose tests nobody has to trust, can only read it. A container of ours writes it, and says which
 * content each file really has: what is half written, or was changed by somebody else, is brought again. One thread at a
 * time does that, among all JVMs that use the engine. To look whether all is there, nobody of another user or machine is
 * waited for.
 */
final class JarVolume {

    /**
     * Name of the volume. {@code docker volume rm} makes room; the next run fills it again. The number changes when those
     * who use an older version could write what they should not.
     */
    static final String NAME = "foreignarch-jars-2";

    private static final Logger LOG = LoggerFactory.getLogger(JarVolume.class);

    /** As with {@link Engine#run}. */
    private static final int ATTEMPTS = 3;

    private static final Duration LIMIT = Duration.ofMinutes(5);

    /** What is told of a file besides its content, is told in a file of this name. */
    private static final String NOTE = ".note";

    private final Emulation emulation;
    private final Engine engine;

    JarVolume(Emulation emulation) {
        this.emulation = emulation;
        this.engine = emulation.engine();
    }

    /** Return the mount for a container that uses the jars. */
    static Mount mount() {
        return new Mount()
                .withType(MountType.VOLUME)
                .withSource(NAME)
                .withTarget(CarriedClassPath.JARS)
                .withReadOnly(true);
    }

    /**
     * See to it that the volume has the jars, each with its content.
     *
     * @throws EngineException if the engine refuses
     */
    void fill(List<CarriedClassPath.Carried> jars) {
        if (!jars.isEmpty()) {
            NameLock.holding(NAME, () -> {
                bring(jars);
                return NAME;
            });
        }
    }

    private void bring(List<CarriedClassPath.Carried> jars) {
        List<String> places = jars.stream().map(CarriedClassPath.Carried::place).toList();
        try (RunningContainer container = container(places)) {
            if (!missing(jars, digests(container, places)).isEmpty()) {
                EngineLock.holding(engine, NAME, () -> {
                    // Another machine may have brought it meanwhile; before, it may have been half there.
                    Map<String, Optional<String>> present = digests(container, places);
                    bring(missing(jars, present), present, container);
                    return NAME;
                });
            }
        }
    }

    private static List<CarriedClassPath.Carried> missing(
            List<CarriedClassPath.Carried> jars, Map<String, Optional<String>> present) {
        return jars.stream()
                .filter(jar -> !Optional.of(jar.digest()).equals(present.get(jar.place())))
                .toList();
    }

    private static void bring(
            List<CarriedClassPath.Carried> missing, Map<String, Optional<String>> present, RunningContainer container) {
        missing.stream()
                .map(CarriedClassPath.Carried::place)
                .filter(place -> present.getOrDefault(place, Optional.empty()).isPresent())
                .forEach(place -> LOG.warn(
                        "{} in the volume {} is not what its name says: it was half written, or somebody has changed"
                                + " it. It is replaced",
                        place,
                        NAME));
        if (!missing.isEmpty()) {
            copy(container, tar -> {
                for (CarriedClassPath.Carried jar : missing) {
                    tar.directory(inVolume(jar.place().substring(0, jar.place().lastIndexOf('/'))));
                    tar.datelessFile(jar.local(), inVolume(jar.place()));
                }
            });
        }
    }

    /** Return what was noted of a file, if it still is what it was then. */
    Optional<String> note(String place) {
        return NameLock.holding(NAME, () -> {
            try (RunningContainer container = container(List.of(place))) {
                String digest = digest(container, place);
                return container
                        .read(place + NOTE)
                        .map(bytes -> new String(bytes, UTF_8))
                        .filter(note -> note.startsWith(digest + " "))
                        .map(note -> note.substring(digest.length() + 1));
            }
        });
    }

    /**
     * Keep a file that was made elsewhere.
     *
     * @param place where
     * @param archive the file, packed by the engine, under the last name of its place; absent if there is only a note
     * @param note what is to be known of it
     */
    void keep(String place, Optional<InputStream> archive, String note) {
        NameLock.holding(NAME, () -> {
            try (RunningContainer container = container(List.of(place))) {
                archive.ifPresent(content -> container.put(CarriedClassPath.JARS, content));
                String digest = digest(container, place);
                copy(container, tar -> tar.file(inVolume(place + NOTE), (digest + " " + note).getBytes(UTF_8)));
            }
            return NAME;
        });
    }

    private static void copy(RunningContainer container, TarFile.Content content) {
        try (TarFile tar = TarFile.of(content)) {
            container.put(CarriedClassPath.JARS, tar.open());
        }
    }

    private static String inVolume(String place) {
        return place.substring(CarriedClassPath.JARS.length());
    }

    private RunningContainer container(List<String> places) {
        return engine.create(ContainerSpec.of(emulation.helperImage(), FileDigests.command(places))
                .withVolume(NAME, CarriedClassPath.JARS));
    }

    /** Of a file that is not there the digest is empty. */
    private static String digest(RunningContainer container, String place) {
        return digests(container, List.of(place))
                .getOrDefault(place, Optional.empty())
                .orElse("");
    }

    private static Map<String, Optional<String>> digests(RunningContainer container, List<String> places) {
        ContainerOutcome outcome = container.runToEnd(LIMIT);
        for (int attempt = 1; attempt < ATTEMPTS && outcome.isMute(); attempt++) {
            outcome = container.runToEnd(LIMIT);
        }
        return FileDigests.parse(outcome, places);
    }
}
