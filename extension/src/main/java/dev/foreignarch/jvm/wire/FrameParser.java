package dev.foreignarch.jvm.wire;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apiguardian.api.API;

/**
 * Tells messages from whatever else arrives in the same stream of bytes.
 *
 * <p>Not to be used by several threads at once.
 */
@API(status = INTERNAL, since = "0.1")
public final class FrameParser {

    /** Takes what arrives, in its order. */
    public interface Sink {
        /**
         * Take a whole message.
         *
         * @param bytes the message
         */
        void message(byte[] bytes);

        /**
         * Take bytes that belong to no message: somebody printed them.
         *
         * @param bytes the bytes
         */
        void stray(byte[] bytes);
    }

    private static final byte[] MAGIC =
            ByteBuffer.allocate(4).putInt(FrameWriter.MAGIC).array();

    private final Sink sink;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private byte[] pending = {};

    /**
     * Start parsing a stream.
     *
     * @param sink takes what arrives
     */
    public FrameParser(Sink sink) {
        this.sink = sink;
    }

    /**
     * Take the next bytes of the stream.
     *
     * @param bytes any number of bytes
     */
    public void accept(byte[] bytes) {
        byte[] all = pending.length == 0 ? bytes : joined(pending, bytes);
        int position = 0;
        int strayFrom = 0;
        while (position < all.length) {
            int left = all.length - position;
            if (!startsLikeFrame(all, position)) {
                position++;
                continue;
            }
            if (left < FrameWriter.HEADER) {
                break;
            }
            ByteBuffer header = ByteBuffer.wrap(all, position + MAGIC.length, FrameWriter.HEADER - MAGIC.length);
            boolean last = header.get() == 1;
            int length = Short.toUnsignedInt(header.getShort());
            int checksum = header.getInt();
            if (length > FrameWriter.CONTENT) {
                position++;
                continue;
            }
            if (left < FrameWriter.HEADER + length) {
                break;
            }
            int content = position + FrameWriter.HEADER;
            if (FrameWriter.checksum(all, content, length) != checksum) {
                position++;
                continue;
            }
            stray(all, strayFrom, position);
            message.write(all, content, length);
            if (last) {
                sink.message(message.toByteArray());
                message.reset();
            }
            position = content + length;
            strayFrom = position;
        }
        stray(all, strayFrom, position);
        pending = Arrays.copyOfRange(all, position, all.length);
    }

    /** Take note of the end of the stream: what looked like the beginning of a frame was none. */
    public void end() {
        stray(pending, 0, pending.length);
        pending = new byte[0];
    }

    private void stray(byte[] bytes, int from, int to) {
        if (from < to) {
            sink.stray(Arrays.copyOfRange(bytes, from, to));
        }
    }

    /** The beginning of a frame may be cut off at any byte. */
    private static boolean startsLikeFrame(byte[] bytes, int position) {
        int length = Math.min(MAGIC.length, bytes.length - position);
        return Arrays.equals(bytes, position, position + length, MAGIC, 0, length);
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
