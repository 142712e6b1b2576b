package dev.foreignarch.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * What a program has left when it ended.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public final class ProgramResult {

    /** A shell tells of death by a signal with the signal's number and this. */
    private static final int SIGNALED = 128;

    private static final int LONGEST_EXCERPT = 4_000;

    private final String program;
    private final Ending ending;
    private final byte[] stdout;
    private final byte[] stderr;
    private final Duration duration;
    private final List<String> notes;

    ProgramResult(String program, Ending ending, byte[] stdout, byte[] stderr, Duration duration, List<String> notes) {
        this.program = program;
        this.ending = ending;
        this.stdout = stdout;
        this.stderr = stderr;
        this.duration = duration;
        this.notes = List.copyOf(notes);
    }

    /**
     * Return the exit code; or, as a shell does, 128 and the number of the {@link #signal()} that ended the program. A
     * program may return such a code by itself, so only {@link #signal()} tells the two apart.
     */
    public int exitCode() {
        return ending.signal().map(signal -> SIGNALED + signal.number()).orElse(ending.status());
    }

    /** Return the signal that ended the program; nothing if it ended by itself, with whatever exit code. */
    public Optional<Signal> signal() {
        return ending.signal();
    }

    /** Return the standard output as text (UTF-8). */
    public String stdout() {
        return new String(stdout, UTF_8);
    }

    /** Return the standard error as text (UTF-8). */
    public String stderr() {
        return new String(stderr, UTF_8);
    }

    /** Return a copy of the standard output. */
    public byte[] stdoutBytes() {
        return stdout.clone();
    }

    /** Return a copy of the standard error. */
    public byte[] stderrBytes() {
        return stderr.clone();
    }

    /** Return how long the program ran, with the engine's part in it. */
    public Duration duration() {
        return duration;
    }

    /** Return what ForeignArch knows of the causes of a failure, one sentence or more each. */
    public List<String> notes() {
        return notes;
    }

    /**
     * Insist on a program that has ended by itself with exit code 0.
     *
     * @return this result
     * @throws ProgramException if it hasn't; the message is that of {@link #toString()}
     */
    public ProgramResult orThrow() {
        if (exitCode() != 0) {
            throw new ProgramException(toString());
        }
        return this;
    }

    /** Return how the program ended, what it printed (the end of it, if it is much), and what is known of the cause. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(program
                + ending.signal()
                        .map(signal -> " was killed by " + signal)
                        .orElse(" ended with exit code " + ending.status()));
        text.append(String.format(Locale.ROOT, " after %.3f s", duration.toNanos() / 1e9));
        notes.forEach(note -> text.append("\n  note: ").append(note));
        append(text, "stdout", stdout());
        append(text, "stderr", stderr());
        return text.toString();
    }

    static void append(StringBuilder text, String name, String output) {
        if (!output.isBlank()) {
            String end = output.stripTrailing();
            int cut = Math.max(0, end.length() - LONGEST_EXCERPT);
            text.append("\n  ").append(name).append(": ").append(cut > 0 ? "… " : "");
            text.append(end.substring(cut).replace("\n", "\n    "));
        }
    }

    /**
     * How a program ended.
     *
     * @param status its exit code, if no signal ended it
     * @param signal the signal, if one ended it
     */
    record Ending(int status, Optional<Signal> signal) {}
}
