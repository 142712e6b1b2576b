package dev.foreignarch.program;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Bytes on their way from one thread to another. It takes as much as is written, so that a program is never held up by a
 * test that does not read; and unlike the JDK's pipes it does not mind threads that end, and hands on at once.
 */
final class Pipe {

    private final Deque<byte[]> chunks = new ArrayDeque<>();
    private boolean closed;

    /** Return the end that is written to. Closing it ends the input of the other. */
    OutputStream sink() {
        return new Sink();
    }

    /** Return the end that is read from. */
    InputStream source() {
        return new Source();
    }

    private synchronized void add(byte[] chunk) throws IOException {
        if (closed) {
            throw new IOException("the stream has been closed");
        }
        if (chunk.length > 0) {
            chunks.add(chunk);
            notifyAll();
        }
    }

    private synchronized void end() {
        closed = true;
        notifyAll();
    }

    /** End the input at once, whatever has not been read. */
    synchronized void discard() {
        chunks.clear();
        end();
    }

    /** Return the next bytes; nothing at the end. */
    private synchronized byte @Nullable [] next() throws IOException {
        while (chunks.isEmpty() && !closed) {
            try {
                wait();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while waiting for a program", interrupted);
            }
        }
        return chunks.poll();
    }

    private synchronized int waiting() {
        return chunks.stream().mapToInt(chunk -> chunk.length).sum();
    }

    private final class Sink extends OutputStream {
        @Override
        public void write(int one) throws IOException {
            add(new byte[] {(byte) one});
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            add(Arrays.copyOfRange(bytes, offset, offset + length));
        }

        @Override
        public void close() {
            end();
        }
    }

    private final class Source extends InputStream {
        private byte[] current = new byte[0];
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
            if (position == current.length) {
                byte[] following = next();
                if (following == null) {
                    return -1;
                }
                current = following;
                position = 0;
            }
            int count = Math.min(length, current.length - position);
            System.arraycopy(current, position, target, offset, count);
            position += count;
            return count;
        }

        @Override
        public int available() {
            return current.length - position + waiting();
        }
    }
}
