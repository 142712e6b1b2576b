package dev.foreignarch.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import dev.foreignarch.engine.EngineException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A program while it runs.
 *
 * {@snippet lang = java:
 * try (RunningProgram calculator = program.call().start("--interactive")) {
 *     calculator.say("1 + 1\n");
 *     calculator.expect("2");
 *     calculator.stdin().close();
 *     calculator.await().orThrow();
 * }
 * }
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public final class RunningProgram implements AutoCloseable {

    /** What the engine may take besides the program itself. */
    private static final Duration GRACE = Duration.ofSeconds(30);
    /** How long the last of the output may be on its way. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private static final Duration FOREVER = Duration.ofDays(20);
    private static final int MEBIBYTE = 1 << 20;

    private final Program program;
    private final Bench bench;
    private final Duration limit;
    private final Pipe input = new Pipe();
    private final OutputStream toProgram = new Parts(input.sink());
    private final ProgramOutput stdout;
    private final ProgramOutput stderr;
    private final RunReport report;
    private final Bench.Connection connection;
    private final long started = System.nanoTime();

    private int searched;
    private @Nullable ProgramResult result;

    RunningProgram(Program program, Bench bench, ProgramCall.Request request, boolean interactive) {
        this.program = program;
        this.bench = bench;
        this.limit = request.limit();
        this.stdout = new ProgramOutput(program.mostOutput(), this::killForOutput);
        this.stderr = new ProgramOutput(program.mostOutput(), this::killForOutput);
        this.report = new RunReport(stderr);
        boolean reads = interactive || request.input() != null;
        List<String> command = new ArrayList<>(List.of(
                bench.runner(),
                "run",
                report.token(),
                String.valueOf(limit.toMillis()),
                reads ? "parts" : "none",
                request.directory()));
        command.addAll(request.command());
        this.connection = bench.start(command, request.environment(), reads ? input.source() : null, stdout, report);
        if (request.input() != null) {
            say(request.input());
        }
        if (!interactive) {
            endInput();
        }
    }

    private void endInput() {
        try {
            toProgram.close();
        } catch (IOException closed) {
            throw new UncheckedIOException("ending the input of " + program + " failed", closed);
        }
    }

    /** Return what the program reads as its standard input. Closing it ends the input. */
    public OutputStream stdin() {
        return toProgram;
    }

    /**
     * Give the program something to read.
     *
     * @param text what it reads, as UTF-8
     */
    public void say(String text) {
        say(text.getBytes(UTF_8));
    }

    private void say(byte[] bytes) {
        try {
            toProgram.write(bytes);
        } catch (IOException closed) {
            throw new UncheckedIOException(program + " does not read anymore", closed);
        }
    }

    /** Return the standard output, to be read as it comes. */
    public InputStream stdout() {
        return stdout.stream();
    }

    /** Return the standard error, to be read as it comes. */
    public InputStream stderr() {
        return stderr.stream();
    }

    /**
     * Wait until the program writes a text to its standard output, after what was expected before.
     *
     * @param text the text
     * @throws ProgramException if the program ends without it, or does not write it in time
     */
    public void expect(String text) {
        byte[] wanted = text.getBytes(UTF_8);
        try {
            Awaitility.await()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(5))
                    .atMost(limit.isZero() ? FOREVER : limit)
                    .until(() -> report.end().isPresent() || finds(wanted));
            if (report.end().isPresent()) {
                connection.awaitEnd(LAST_WORDS);
            }
        } catch (ConditionTimeoutException silence) {
            throw unexpected(" did not write '" + text + "' within " + limit.toSeconds() + " s.", silence);
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        }
        if (!finds(wanted)) {
            insistOnRoom();
            throw unexpected(" ended without writing '" + text + "'.", null);
        }
        searched += wanted.length;
    }

    /** What has been searched is not searched again: a program may write much until it writes what is wanted. */
    private boolean finds(byte[] wanted) {
        int found = stdout.find(wanted, searched);
        searched = found < 0 ? -1 - found : found;
        return found >= 0;
    }

    /**
     * Send a signal to the program and to its children.
     *
     * @param signal the signal
     */
    public void send(Signal signal) {
        try {
            Awaitility.await()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(5))
                    .atMost(GRACE)
                    .until(() -> report.pid().isPresent() || report.end().isPresent());
        } catch (ConditionTimeoutException notStarted) {
            throw new EngineException("the engine did not start " + program, notStarted);
        }
        Optional<Integer> pid = report.pid();
        if (pid.isPresent()) {
            OutputStream nowhere = OutputStream.nullOutputStream();
            List<String> command =
                    List.of(bench.runner(), "signal", String.valueOf(signal.number()), String.valueOf(pid.get()));
            try {
                bench.start(command, Map.of(), null, nowhere, nowhere).awaitEnd(GRACE);
            } catch (InterruptedException interrupted) {
                throw interrupted(interrupted);
            }
        }
    }

    /**
     * Wait for the program's end.
     *
     * @return what it left
     * @throws ProgramException if it could not be started, or did not end in time
     * @throws EngineException if the engine fails
     */
    public synchronized ProgramResult await() {
        ProgramResult known = result;
        if (known == null) {
            known = await(limit.isZero() ? FOREVER : limit.plus(GRACE));
            result = known;
            program.ended(this);
        }
        return known;
    }

    private ProgramResult await(Duration patience) {
        try {
            Optional<RunReport.Saying> end = report.awaitEnd(patience);
            Duration duration = Duration.ofNanos(System.nanoTime() - started);
            connection.awaitEnd(end.isPresent() ? LAST_WORDS : GRACE);
            return end.map(saying -> judge(saying, duration))
                    .orElseThrow(() -> new EngineException(
                            "the engine did not run " + program + " to its end: "
                                    + (stdout.text() + stderr.text()).strip(),
                            null));
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        }
    }

    private ProgramResult judge(RunReport.Saying saying, Duration duration) {
        insistOnRoom();
        return switch (saying.what()) {
            case "exited" -> result(new ProgramResult.Ending(saying.number(), Optional.empty()), duration);
            case "killed" -> result(new ProgramResult.Ending(0, Optional.of(new Signal(saying.number()))), duration);
            case "overdue" ->
                throw unexpected(
                        " was killed, since it had not ended within " + limit.toMillis() / 1000.0
                                + " s. If it is only slow, give it more time: call().within(Duration).",
                        null);
            case "refused" -> throw program.refusal(saying.number());
            default ->
                throw new ProgramException("The directory that " + program + " was to run in can't be entered (error "
                        + saying.number() + ").");
        };
    }

    private void insistOnRoom() {
        if (stdout.overflowed() || stderr.overflowed()) {
            throw unexpected(
                    " was killed, since it wrote more than " + program.mostOutput() / MEBIBYTE + " MiB to its standard "
                            + (stdout.overflowed() ? "output" : "error")
                            + ". If so much is right, let it write to a file, or raise " + ProgramSettings.OUTPUT + ".",
                    null);
        }
    }

    /** Whoever brings the output must not wait, or the engine's answer would not come. */
    private void killForOutput() {
        Thread killer = new Thread(() -> send(Signal.KILL), "foreignarch-kill");
        killer.setDaemon(true);
        killer.start();
    }

    private ProgramResult result(ProgramResult.Ending ending, Duration duration) {
        return new ProgramResult(
                program.toString(),
                ending,
                stdout.bytes(),
                stderr.bytes(),
                duration,
                program.notes(ending, stderr.text()));
    }

    private ProgramException unexpected(String what, @Nullable Throwable cause) {
        StringBuilder text = new StringBuilder(program + what);
        ProgramResult.append(text, "stdout", stdout.text());
        ProgramResult.append(text, "stderr", stderr.text());
        ProgramException exception = new ProgramException(text.toString());
        if (cause != null) {
            exception.initCause(cause);
        }
        return exception;
    }

    private EngineException interrupted(InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return new EngineException("interrupted while " + program + " ran", interrupted);
    }

    /** Kill the program, if it still runs. */
    @Override
    public void close() {
        try {
            if (report.isOpen()) {
                send(Signal.KILL);
            }
        } finally {
            // Nobody reads anymore: what would still be written breaks the connection's thread.
            input.discard();
            program.ended(this);
        }
    }
}
