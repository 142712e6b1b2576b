package dev.foreignarch.program;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes in the parts that the runner puts together again, each with its length. The last one, of length 0, ends the input
 * of the program, while the connection to it stays.
 */
final class Parts extends OutputStream {

    private final OutputStream stream;
    private boolean closed;

    Parts(OutputStream stream) {
        this.stream = stream;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        if (closed) {
            throw new IOException("the program's input has been closed");
        }
        if (length > 0) {
            stream.write((length + "\n").getBytes(US_ASCII));
            stream.write(bytes, offset, length);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (!closed) {
            closed = true;
            stream.write("0\n".getBytes(US_ASCII));
            stream.close();
        }
    }
}
