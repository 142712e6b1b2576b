package dev.foreignarch.program;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Takes the standard error of a run, and tells what the runner says from what the program writes. The runner's lines
 * begin with a token that is made for this run, and may arrive in pieces or right behind words of the program.
 */
final class RunReport extends OutputStream {

    private final byte[] token = ("foreignarch-" + UUID.randomUUID()).getBytes(ISO_8859_1);
    private final OutputStream stderr;

    private byte[] pending = new byte[0];
    private @Nullable Integer pid;
    private @Nullable Saying end;
    private boolean closed;

    /**
     * Make a report.
     *
     * @param stderr takes what the program itself writes
     */
    RunReport(OutputStream stderr) {
        this.stderr = stderr;
    }

    /** Return what the runner begins its lines with. */
    String token() {
        return new String(token, ISO_8859_1);
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        byte[] all = Arrays.copyOf(pending, pending.length + length);
        System.arraycopy(bytes, offset, all, pending.length, length);
        int done = 0;
        for (int found = find(all, done); found + token.length <= all.length; found = find(all, done)) {
            stderr.write(all, done, found - done);
            done = found;
            int newline = lineEnd(all, found);
            if (newline < 0) {
                pending = Arrays.copyOfRange(all, done, all.length);
                return;
            }
            hear(new String(all, found + token.length, newline - found - token.length, ISO_8859_1));
            done = newline + 1;
        }
        int kept = find(all, done);
        stderr.write(all, done, kept - done);
        pending = Arrays.copyOfRange(all, kept, all.length);
    }

    /** Return where the token, or as much of it as there is, begins; the end if it does not. */
    private int find(byte[] bytes, int from) {
        for (int start = from; start < bytes.length; start++) {
            int length = Math.min(token.length, bytes.length - start);
            if (Arrays.equals(bytes, start, start + length, token, 0, length)) {
                return start;
            }
        }
        return bytes.length;
    }

    private static int lineEnd(byte[] bytes, int from) {
        for (int position = from; position < bytes.length; position++) {
            if (bytes[position] == '\n') {
                return position;
            }
        }
        return -1;
    }

    private void hear(String line) {
        String[] words = line.strip().split(" ", 2);
        int number = words.length < 2 ? 0 : Integer.parseInt(words[1]);
        if (words[0].equals("started")) {
            pid = number;
        } else {
            end = new Saying(words[0], number);
        }
        notifyAll();
    }

    /** Nobody writes anymore: what looked like the beginning of the runner's words was the program's. */
    @Override
    public synchronized void close() throws IOException {
        stderr.write(pending);
        pending = new byte[0];
        stderr.close();
        closed = true;
        notifyAll();
    }

    /** Return the process ID of the program, in its container; nothing if it isn't known to run. */
    synchronized Optional<Integer> pid() {
        return end == null ? Optional.ofNullable(pid) : Optional.empty();
    }

    /** Return whether the program may still run. */
    synchronized boolean isOpen() {
        return end == null && !closed;
    }

    /** Return how it ended, if it has. */
    synchronized Optional<Saying> end() {
        return Optional.ofNullable(end);
    }

    /** Wait until the program has ended, or the time is up, or the runner can't say anything anymore. */
    synchronized Optional<Saying> awaitEnd(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (end == null && !closed) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                break;
            }
            wait(left);
        }
        return end();
    }

    /**
     * What the runner says in the end.
     *
     * @param what its word
     * @param number what belongs to it
     */
    record Saying(String what, int number) {}
}
