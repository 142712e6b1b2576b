package dev.foreignarch.jvm.wire;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.apiguardian.api.API;

/**
 * Writes messages to a pipe that others write to as well.
 *
 * <p>A message is cut into frames: {@link #MAGIC}, one byte that is 1 in the last frame of a message, the length of the
 * content (16 bits), its CRC-32 (32 bits), the content. A frame is written by one call and is no longer than 4096 bytes:
 * up to this length POSIX promises that what others write to the same pipe comes before or after, never inside.
 */
@API(status = INTERNAL, since = "0.1")
public final class FrameWriter {

    static final int MAGIC = 0x0E_46_41_0F;
    static final int HEADER = 4 + 1 + 2 + 4;
    static final int CONTENT = 4096 - HEADER;

    private final OutputStream out;

    /**
     * Write to a stream.
     *
     * @param out an unbuffered stream
     */
    public FrameWriter(OutputStream out) {
        this.out = out;
    }

    /**
     * Write a message, undisturbed by other threads that write messages.
     *
     * @param message the message
     * @throws IOException if the pipe is broken
     */
    public synchronized void write(byte[] message) throws IOException {
        int offset = 0;
        do {
            int length = Math.min(CONTENT, message.length - offset);
            boolean last = offset + length == message.length;
            out.write(frame(message, offset, length, last));
            offset += length;
        } while (offset < message.length);
        out.flush();
    }

    private static byte[] frame(byte[] message, int offset, int length, boolean last) {
        return ByteBuffer.allocate(HEADER + length)
                .putInt(MAGIC)
                .put((byte) (last ? 1 : 0))
                .putShort((short) length)
                .putInt(checksum(message, offset, length))
                .put(message, offset, length)
                .array();
    }

    static int checksum(byte[] bytes, int offset, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }
}
