package dev.foreignarch.jvm.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages survive whatever else is printed between them, and however the stream is cut. */
class FramesTests {

    private final List<byte[]> messages = new ArrayList<>();
    private final ByteArrayOutputStream stray = new ByteArrayOutputStream();
    private final FrameParser parser = new FrameParser(new FrameParser.Sink() {
        @Override
        public void message(byte[] bytes) {
            messages.add(bytes);
        }

        @Override
        public void stray(byte[] bytes) {
            stray.writeBytes(bytes);
        }
    });

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 4096, 1_000_000})
    void messagesAndStrayOutputAreToldApart(int step) throws IOException {
        byte[] large = new byte[100_000];
        new Random(1).nextBytes(large);
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        FrameWriter writer = new FrameWriter(stream);
        stream.writeBytes("before".getBytes(UTF_8));
        writer.write(large);
        stream.writeBytes("between".getBytes(UTF_8));
        writer.write(new byte[0]);
        writer.write("last".getBytes(UTF_8));
        stream.writeBytes("after\016FA".getBytes(UTF_8));

        feed(stream.toByteArray(), step);

        assertThat(messages).containsExactly(large, new byte[0], "last".getBytes(UTF_8));
        assertThat(stray.toString(UTF_8)).isEqualTo("beforebetweenafter\016FA");
    }

    @Test
    void whatOnlyLooksLikeAFrameIsStray() throws IOException {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        byte[] fake = "\016FA\017\1\0\4none and more".getBytes(UTF_8);
        stream.writeBytes(fake);
        new FrameWriter(stream).write("real".getBytes(UTF_8));

        feed(stream.toByteArray(), 3);

        assertThat(messages).containsExactly("real".getBytes(UTF_8));
        assertThat(stray.toByteArray()).isEqualTo(fake);
    }

    @Test
    void noFrameIsLongerThanAPipeWritesAtOnce() throws IOException {
        List<Integer> lengths = new ArrayList<>();
        new FrameWriter(new ByteArrayOutputStream() {
                    @Override
                    public void write(byte[] bytes) {
                        lengths.add(bytes.length);
                    }
                })
                .write(new byte[10_000]);

        assertThat(lengths).hasSize(3).allSatisfy(length -> assertThat(length).isLessThanOrEqualTo(4096));
    }

    private void feed(byte[] bytes, int step) {
        for (int from = 0; from < bytes.length; from += step) {
            parser.accept(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + step)));
        }
        parser.end();
    }
}
