package dev.foreignarch.jvm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.jvm.launch.JvmLauncher;
import dev.foreignarch.jvm.launch.JvmSpec;
import dev.foreignarch.jvm.launch.JvmStartException;
import dev.foreignarch.jvm.launch.StartedJvm;
import dev.foreignarch.jvm.wire.Command;
import dev.foreignarch.jvm.wire.Event;
import dev.foreignarch.jvm.wire.FrameParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A foreign JVM in which tests can be run, one run after the other. */
final class ForeignVm implements AutoCloseable {

    private static final Duration AFTERLIFE = Duration.ofSeconds(10);

    /** Events wait for whoever runs tests; more of them let the JVM wait. */
    private static final int MAXIMAL_BACKLOG = 256;

    private static final int SEEN_FILES = 3;

    /** Stands for the end of the stream. */
    private static final Optional<Event> END = Optional.empty();

    private final BlockingQueue<Optional<Event>> events = new LinkedBlockingQueue<>(MAXIMAL_BACKLOG);
    private final LastWords lastWords = new LastWords();
    private final StartedJvm jvm;
    private final OutputStream commands;
    private volatile boolean closed;
    private String javaVersion = "";

    private ForeignVm(JvmLauncher launcher, JvmSpec spec) {
        this.jvm = started(launcher, spec);
        this.commands = jvm.input();
    }

    /** A JVM that ends faster than the engine is asked about it has said why, all the same. */
    private StartedJvm started(JvmLauncher launcher, JvmSpec spec) {
        try {
            return launcher.start(spec, new Arrivals());
        } catch (JvmStartException failure) {
            String words = lastWords.toString().strip();
            throw words.isEmpty()
                    ? failure
                    : new JvmStartException(failure.getMessage() + "\nIts last words:\n" + words, failure);
        }
    }

    /**
     * Start a JVM.
     *
     * @param limit how long it may take to greet
     * @throws JvmStartException if it can't run tests; the message says why
     */
    static ForeignVm start(JvmLauncher launcher, JvmSpec spec, Duration limit) {
        ForeignVm vm = new ForeignVm(launcher, spec);
        try {
            vm.greet(spec, limit);
            return vm;
        } catch (RuntimeException failure) {
            vm.close();
            throw failure;
        }
    }

    private void greet(JvmSpec spec, Duration limit) {
        ByteArrayOutputStream words = new ByteArrayOutputStream();
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            Optional<Optional<Event>> next = next(Duration.ofNanos(deadline - System.nanoTime()));
            if (next.isEmpty()) {
                throw new JvmStartException(
                        "The JVM of " + spec.name() + " (" + jvm.description() + ") did not answer within "
                                + limit.toSeconds() + " s." + heard(words),
                        null);
            }
            Event event = next.get()
                    .orElseThrow(() -> new JvmStartException(
                            "The JVM of " + spec.name() + " (" + jvm.description() + ") did not start. "
                                    + death(Optional.empty(), Optional.empty()).story(),
                            null));
            if (event instanceof Event.Output output) {
                words.writeBytes(output.content());
            } else if (event instanceof Event.Hello hello) {
                Optional<String> problem = problem(hello, spec);
                if (problem.isPresent()) {
                    throw new JvmStartException("The JVM of " + spec.name() + problem.get() + heard(words), null);
                }
                javaVersion = "Java " + hello.facts().get("java.version") + ", os.arch "
                        + hello.facts().get("os.arch");
                return;
            }
        }
    }

    private static String heard(ByteArrayOutputStream words) {
        String text = words.toString(UTF_8).strip();
        return text.isEmpty() ? "" : " It said:\n" + text;
    }

    /** Return why no tests can run there, as the end of a sentence about the JVM. */
    private Optional<String> problem(Event.Hello hello, JvmSpec spec) {
        if (hello.version() != Event.VERSION) {
            return Optional.of(" runs another version of ForeignArch (protocol " + hello.version() + " instead of "
                    + Event.VERSION + "). Put only one version on the class path.");
        }
        String machine = hello.facts().getOrDefault("os.arch", "");
        if (jvm.isForeign() && !isOf(machine, spec.architecture())) {
            return Optional.of(" (" + jvm.description() + ") is no JVM of " + spec.architecture()
                    + ": the image says that it is for " + spec.architecture() + ", but its Java is for "
                    + Architecture.find(machine).map(Architecture::toString).orElse("another architecture")
                    + " (os.arch is '" + machine + "'). Use an image with Java for " + spec.architecture()
                    + ". In one of your own, look for FROM --platform=$BUILDPLATFORM in the Dockerfile: the last stage"
                    + " must not have it.");
        }
        return fileProblem(hello.facts(), spec.architecture())
                .map(problem -> " (Java " + hello.facts().get("java.version") + ")" + problem);
    }

    /** Versions of one architecture have one {@code os.arch}. */
    private static boolean isOf(String machine, Architecture architecture) {
        return Architecture.find(machine)
                .filter(found -> found.elf().equals(architecture.elf()))
                .isPresent();
    }

    private static Optional<String> fileProblem(Map<String, String> facts, Architecture architecture) {
        if (facts.containsKey(Event.Hello.NO_FILES)) {
            return Optional.of(" can't make temporary files in " + facts.get("java.io.tmpdir") + ": "
                    + facts.get(Event.Hello.NO_FILES) + ". Name a directory that its user may write to:"
                    + " @ForeignJvm(arguments = \"-Djava.io.tmpdir=…\").");
        }
        String listed = facts.getOrDefault(Event.Hello.LISTED_FILES, "0");
        if (listed.equals(String.valueOf(SEEN_FILES))) {
            return Optional.empty();
        }
        String seen = " can't list the files of a directory: it saw " + listed + " of " + SEEN_FILES + ". ";
        return Optional.of(
                architecture.bits() == 32
                        ? seen + "Its 32-bit C library can't read the directories of the engine's file system, so tests"
                                + " would fail that pass on real machines. Use an image with a newer Java (21 or later"
                                + " from a current distribution), or let java.io.tmpdir be a tmpfs."
                        : seen + "Tests would fail that pass on real machines. Let java.io.tmpdir be on another file"
                                + " system.");
    }

    /** Return where this JVM runs. */
    String description() {
        return jvm.description() + (javaVersion.isEmpty() ? "" : ", " + javaVersion);
    }

    /** Ask for something. A JVM that is gone does not answer, and {@link #next} tells. */
    void send(Command command) {
        try {
            command.writeTo(commands);
        } catch (IOException gone) {
            // The stream of events ends too, and brings the reason.
        }
    }

    /**
     * Return what the JVM tells next.
     *
     * @param limit how long to wait
     * @return nothing if it tells nothing in time; an empty event if it is gone
     */
    Optional<Optional<Event>> next(Duration limit) {
        try {
            return Optional.ofNullable(events.poll(Math.max(0, limit.toMillis()), TimeUnit.MILLISECONDS));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            close();
            return Optional.of(END);
        }
    }

    /** Tell how this JVM ended. */
    JvmDeath death(Optional<String> exitStack, Optional<String> hang) {
        return new JvmDeath(
                hang.isPresent() ? OptionalInt.empty() : jvm.awaitExit(AFTERLIFE),
                lastWords.toString(),
                exitStack,
                hang);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        events.clear();
        try {
            commands.close();
        } catch (IOException gone) {
            // It has ended already.
        }
        jvm.close();
    }

    /** Turns what arrives into events, on other threads than those that run tests. */
    private final class Arrivals implements JvmLauncher.Output, FrameParser.Sink {
        private final FrameParser parser = new FrameParser(this);

        @Override
        public void stdout(byte[] bytes) {
            parser.accept(bytes);
        }

        @Override
        public void stderr(byte[] bytes) {
            uncaught(true, bytes);
        }

        @Override
        public void end() {
            parser.end();
            put(END);
        }

        @Override
        public void message(byte[] bytes) {
            put(Optional.of(Event.decode(bytes)));
        }

        @Override
        public void stray(byte[] bytes) {
            uncaught(false, bytes);
        }

        private void uncaught(boolean toStderr, byte[] bytes) {
            if (lastWords.add(toStderr, bytes)) {
                put(Optional.of(new Event.Output(toStderr, bytes)));
            }
        }

        /** An interruption is no reason to lose an event: whoever waits for it would wait for ever. */
        private void put(Optional<Event> event) {
            boolean interrupted = false;
            boolean waiting = true;
            while (waiting && !closed) {
                try {
                    waiting = !events.offer(event, 1, TimeUnit.SECONDS);
                } catch (InterruptedException interruption) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
