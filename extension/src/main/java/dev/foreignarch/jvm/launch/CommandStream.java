package dev.foreignarch.jvm.launch;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A pipe between any threads. Java's own ones mind which thread wrote last and whether it still lives, and their reader
 * looks only once a second.
 */
final class CommandStream extends InputStream {

    private static final byte[] END = {};

    private final BlockingQueue<byte[]> queue = new LinkedBlockingQueue<>();
    private byte[] current = {};
    private int position;
    private boolean ended;

    /** Return the writing end. Closing it ends the stream. */
    OutputStream writingEnd() {
        return new OutputStream() {
            @Override
            public void write(int value) {
                queue.add(new byte[] {(byte) value});
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                if (length > 0) {
                    queue.add(Arrays.copyOfRange(bytes, offset, offset + length));
                }
            }

            @Override
            public void close() {
                queue.add(END);
            }
        };
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public synchronized int read(byte[] bytes, int offset, int length) throws IOException {
        if (position == current.length && !advance()) {
            return -1;
        }
        int count = Math.min(length, current.length - position);
        System.arraycopy(current, position, bytes, offset, count);
        position += count;
        return count;
    }

    private boolean advance() throws IOException {
        if (ended) {
            return false;
        }
        try {
            current = queue.take();
            position = 0;
            ended = current == END;
            return !ended;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for commands");
        }
    }
}
