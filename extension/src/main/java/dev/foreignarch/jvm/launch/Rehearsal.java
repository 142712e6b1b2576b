package dev.foreignarch.jvm.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.foreignarch.jvm.agent.RehearsalTestCase;
import dev.foreignarch.jvm.wire.Command;
import dev.foreignarch.jvm.wire.Event;
import dev.foreignarch.jvm.wire.FrameParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A foreign JVM that runs a few tests of ours for the sake of the classes that it loads, and then ends by itself. */
final class Rehearsal implements JvmLauncher.Output, FrameParser.Sink {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final FrameParser parser = new FrameParser(this);
    private final ByteArrayOutputStream words = new ByteArrayOutputStream();
    private final CountDownLatch done = new CountDownLatch(1);

    /**
     * Let a JVM that has just been started run the tests, and wait for its end.
     *
     * @return what went wrong, if anything did
     * @throws JvmStartException if this thread is interrupted
     */
    Optional<String> in(StartedJvm jvm) {
        try {
            new Command.Run(List.of(RehearsalTestCase.class.getName()), List.of(), List.of(), Map.of())
                    .writeTo(jvm.input());
            if (!done.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                return Optional.of("it did not answer within " + LIMIT.toSeconds() + " s");
            }
            new Command.End().writeTo(jvm.input());
        } catch (IOException gone) {
            // Its exit code tells more.
        } catch (InterruptedException interrupted) {
            // That says nothing about the JVM.
            Thread.currentThread().interrupt();
            throw new JvmStartException("Waiting for an archive of JUnit's classes was interrupted.", interrupted);
        }
        OptionalInt exitCode = jvm.awaitExit(LIMIT);
        return exitCode.isPresent() && exitCode.getAsInt() == 0
                ? Optional.empty()
                : Optional.of("exit code " + (exitCode.isPresent() ? exitCode.getAsInt() : "unknown") + ". " + words());
    }

    /** Return what the JVM has printed. */
    synchronized String words() {
        return words.toString(UTF_8).strip();
    }

    @Override
    public void stdout(byte[] bytes) {
        parser.accept(bytes);
    }

    @Override
    public void stderr(byte[] bytes) {
        stray(bytes);
    }

    @Override
    public void end() {
        done.countDown();
    }

    @Override
    public void message(byte[] bytes) {
        if (Event.decode(bytes) instanceof Event.Done) {
            done.countDown();
        }
    }

    @Override
    public synchronized void stray(byte[] bytes) {
        words.writeBytes(bytes);
    }
}
