package dev.foreignarch.program;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * What a program has written to one of its streams: kept once, read as it comes by whoever wants to, and searched as it
 * grows. Beyond a limit nothing is kept anymore.
 */
final class ProgramOutput extends OutputStream {

    private static final int FIRST = 8192;

    private final int limit;
    private final Runnable atLimit;
    private byte[] kept = new byte[0];
    private int size;
    private boolean overflowed;
    private boolean closed;

    /**
     * Begin without output.
     *
     * @param limit how many bytes are kept
     * @param atLimit is run once, when there are more; it must not wait, since nothing arrives meanwhile
     */
    ProgramOutput(int limit, Runnable atLimit) {
        this.limit = limit;
        this.atLimit = atLimit;
    }

    @Override
    public void write(int one) {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        if (keep(bytes, offset, length)) {
            atLimit.run();
        }
    }

    /** Keep what there is room for, and return whether this is the first time that there was too little. */
    private synchronized boolean keep(byte[] bytes, int offset, int length) {
        int taken = Math.min(length, limit - size);
        if (taken > kept.length - size) {
            int doubled = (int) Math.min(limit, Math.max(FIRST, 2L * kept.length));
            kept = Arrays.copyOf(kept, Math.max(doubled, size + taken));
        }
        System.arraycopy(bytes, offset, kept, size, taken);
        size += taken;
        notifyAll();
        boolean first = taken < length && !overflowed;
        overflowed |= first;
        return first;
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** Return whether the program wrote more than is kept. */
    synchronized boolean overflowed() {
        return overflowed;
    }

    /** Return all that is kept. */
    synchronized byte[] bytes() {
        return Arrays.copyOf(kept, size);
    }

    String text() {
        return new String(bytes(), UTF_8);
    }

    /** Return a stream of it from its beginning, which waits for what the program has not written yet. */
    InputStream stream() {
        return new Reader();
    }

    /**
     * Look for bytes.
     *
     * @param wanted the bytes
     * @param from where to begin
     * @return where they begin; if they aren't there yet, where the next search has to begin, as {@code -1 - position}
     */
    synchronized int find(byte[] wanted, int from) {
        int last = size - wanted.length;
        for (int start = from; start <= last; start++) {
            if (Arrays.equals(kept, start, start + wanted.length, wanted, 0, wanted.length)) {
                return start;
            }
        }
        return -1 - Math.max(from, last + 1);
    }

    private synchronized int read(int position, byte[] target, int offset, int length) throws IOException {
        while (position == size && !closed) {
            try {
                wait();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while waiting for a program", interrupted);
            }
        }
        int count = Math.min(length, size - position);
        System.arraycopy(kept, position, target, offset, count);
        return count == 0 ? -1 : count;
    }

    private synchronized int size() {
        return size;
    }

    private final class Reader extends InputStream {
        private int position;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            int count = ProgramOutput.this.read(position, target, offset, length);
            position += Math.max(0, count);
            return count;
        }

        @Override
        public int available() {
            return size() - position;
        }
    }
}
