package dev.foreignarch.program;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.foreignarch.engine.WarmContainer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One exec of the engine, whose program starts all commands that need no input: the runner, as {@code serve}. An exec of
 * each command would take some fifty milliseconds of the engine; here it takes one or two.
 *
 * <p>What it can't take has an exec of its own: commands that are too long, more than {@value #MOST} at once, and all if
 * this one has ended.
 */
final class SharedExec {

    /** Less than the runner can serve, so that there is always room for a command that kills another one. */
    private static final int MOST = 32;

    private static final int LONGEST = 64 * 1024;
    private static final int MOST_WORDS = 1_000;
    private static final Duration GREETING = Duration.ofSeconds(10);
    private static final Logger LOG = LoggerFactory.getLogger(SharedExec.class);

    private final Pipe requests = new Pipe();
    private final OutputStream toRunner = requests.sink();
    private final ConcurrentMap<Integer, Command> commands = new ConcurrentHashMap<>();
    private final CountDownLatch greeted = new CountDownLatch(1);
    private int last;
    private volatile boolean usable;

    /** Begin in a container. */
    SharedExec(WarmContainer container, String runner) {
        container.execute(
                List.of(runner, "serve"), Map.of(), requests.source(), new Answers(), OutputStream.nullOutputStream());
        try {
            usable = greeted.await(GREETING.toMillis(), TimeUnit.MILLISECONDS) && usable;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (!usable) {
            LOG.debug("The runner does not serve; each program has an exec of its own");
        }
    }

    /**
     * Start a command.
     *
     * @return its output on the way; absent if this can't take it
     */
    synchronized Optional<Bench.Connection> start(
            List<String> command, Map<String, String> environment, OutputStream stdout, OutputStream stderr) {
        byte[] words = words(command, environment);
        if (!usable
                || commands.size() >= MOST
                || words.length > LONGEST
                || command.size() + environment.size() > MOST_WORDS) {
            return Optional.empty();
        }
        int id = ++last;
        Command started = new Command(stdout, stderr);
        commands.put(id, started);
        try {
            ByteArrayOutputStream request = new ByteArrayOutputStream();
            request.writeBytes((id + " " + words.length + " " + command.size() + "\n").getBytes(UTF_8));
            request.writeBytes(words);
            toRunner.write(request.toByteArray());
        } catch (IOException closed) {
            usable = false;
        }
        // If the runner has ended while we asked, nobody will answer, or the command counts as ended already.
        return !usable && commands.remove(id) != null ? Optional.empty() : Optional.of(started);
    }

    private static byte[] words(List<String> command, Map<String, String> environment) {
        List<String> words = new ArrayList<>(command);
        environment.forEach((name, value) -> words.add(name + "=" + value));
        return words.stream()
                .map(word -> word + "\0")
                .reduce("", String::concat)
                .getBytes(UTF_8);
    }

    /** End the runner's input, and so the runner. */
    void close() {
        usable = false;
        requests.discard();
    }

    /** The output of a command on its way here. */
    private static final class Command implements Bench.Connection {

        private final OutputStream stdout;
        private final OutputStream stderr;
        private final CountDownLatch ended = new CountDownLatch(1);

        Command(OutputStream stdout, OutputStream stderr) {
            this.stdout = stdout;
            this.stderr = stderr;
        }

        void write(boolean errors, byte[] bytes, int offset, int length) {
            try {
                (errors ? stderr : stdout).write(bytes, offset, length);
            } catch (IOException nobodyReads) {
                LOG.debug("Nobody takes what a program writes", nobodyReads);
            }
        }

        void end() {
            try (stdout;
                    stderr) {
                // Closing is all that is left to do.
            } catch (IOException nobodyReads) {
                LOG.debug("Nobody takes what a program writes", nobodyReads);
            }
            ended.countDown();
        }

        @Override
        public boolean awaitEnd(Duration limit) throws InterruptedException {
            return ended.await(limit.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Takes the runner's answers, which arrive in pieces of any size. */
    private final class Answers extends OutputStream {

        private final ByteArrayOutputStream line = new ByteArrayOutputStream();
        private int id;
        private boolean errors;
        private int left;

        @Override
        public void write(int one) {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            int position = offset;
            while (position < offset + length) {
                if (left > 0) {
                    int count = Math.min(left, offset + length - position);
                    Command command = commands.get(id);
                    if (command != null) {
                        command.write(errors, bytes, position, count);
                    }
                    left -= count;
                    position += count;
                } else if (bytes[position] != '\n') {
                    line.write(bytes[position++]);
                } else {
                    hear(line.toString(UTF_8).split(" "));
                    line.reset();
                    position++;
                }
            }
        }

        private void hear(String[] words) {
            id = Integer.parseInt(words[0]);
            errors = words[1].equals("err");
            left = Integer.parseInt(words[2]);
            if (words[1].equals("end")) {
                Command command = commands.remove(id);
                if (command != null) {
                    command.end();
                } else if (id == 0) {
                    usable = true;
                    greeted.countDown();
                }
            }
        }

        /** The runner has ended, or the engine's connection to it. */
        @Override
        public void close() {
            usable = false;
            greeted.countDown();
            for (Integer id : commands.keySet()) {
                Optional.ofNullable(commands.remove(id)).ifPresent(Command::end);
            }
        }
    }
}
