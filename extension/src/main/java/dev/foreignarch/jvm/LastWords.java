package dev.foreignarch.jvm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** What a JVM and its native libraries printed past Java's streams: the beginning, and the end. */
final class LastWords {

    private static final int KEPT = 1 << 18;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean fatal;

    /**
     * Take what was printed.
     *
     * @return whether it is worth showing at once; the report of a crash is not, it has its own place
     */
    synchronized boolean add(byte[] more) {
        fatal |= new String(more, UTF_8).contains("A fatal error has been detected by the Java Runtime Environment");
        if (bytes.size() + more.length > KEPT && !fatal) {
            bytes.reset();
        }
        if (bytes.size() + more.length <= KEPT * 4) {
            bytes.writeBytes(more);
        }
        return !fatal;
    }

    @Override
    public synchronized String toString() {
        return bytes.toString(UTF_8);
    }
}
