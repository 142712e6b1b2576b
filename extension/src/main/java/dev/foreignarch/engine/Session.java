package dev.foreignarch.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apiguardian.api.API.Status.INTERNAL;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The JVM that something on an engine belongs to, written on a label, so that what a killed JVM has left behind can be
 * told from what a living one needs.
 *
 * @param host name of the machine, or of the container that the JVM lives in
 * @param process the JVM's process number there
 * @param since when the JVM started
 */
@API(status = INTERNAL, since = "0.1")
public record Session(String host, long process, Instant since) {

    /** Name of the label. */
    public static final String LABEL = "dev.foreignarch.session";

    /** What belongs to a JVM of another machine is left alone for so long: nothing that has the label is needed longer. */
    private static final Duration LONGEST_USE = Duration.ofHours(6);

    /** A machine that does not tell its name as Linux does: it may be any. */
    private static final String UNKNOWN = "unknown";

    private static final Session THIS = ofThisProcess();

    /** Return the session of this JVM. */
    public static Session current() {
        return THIS;
    }

    /** Return the label for what belongs to this JVM. */
    public Map<String, String> label() {
        return Map.of(LABEL, host + " " + process + " " + since.toEpochMilli());
    }

    /**
     * Return whether the JVM that something belongs to has certainly ended.
     *
     * @param labels labels of the thing
     */
    public static boolean isOver(@Nullable Map<String, String> labels) {
        return Optional.ofNullable(labels)
                .map(present -> present.get(LABEL))
                .flatMap(Session::parse)
                .filter(session -> !session.mayLive())
                .isPresent();
    }

    private static Optional<Session> parse(String text) {
        String[] words = text.split(" ", -1);
        if (words.length != 3 || !words[1].matches("\\d{1,18}") || !words[2].matches("\\d{1,18}")) {
            return Optional.empty();
        }
        return Optional.of(
                new Session(words[0], Long.parseLong(words[1]), Instant.ofEpochMilli(Long.parseLong(words[2]))));
    }

    private boolean mayLive() {
        if (!host.equals(THIS.host) || host.equals(UNKNOWN)) {
            return since.plus(LONGEST_USE).isAfter(Instant.now());
        }
        // A process number is given again; the start is known to the hundredth of a second.
        return ProcessHandle.of(process)
                .flatMap(alive -> alive.info().startInstant())
                .filter(start -> Duration.between(start, since).abs().toSeconds() < 2)
                .isPresent();
    }

    private static Session ofThisProcess() {
        ProcessHandle process = ProcessHandle.current();
        return new Session(
                hostName(), process.pid(), process.info().startInstant().orElse(Instant.now()));
    }

    private static String hostName() {
        try {
            String name = Files.readString(Path.of("/proc/sys/kernel/hostname"), UTF_8)
                    .strip();
            return name.matches("[A-Za-z0-9._-]+") ? name : UNKNOWN;
        } catch (IOException notLinux) {
            return UNKNOWN;
        }
    }
}
