package dev.foreignarch.jvm.agent;

import dev.foreignarch.jvm.wire.Event;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What is printed, as events: they keep their place among the other events. */
final class EventOutput extends OutputStream {

    private static final int MAXIMAL_CONTENT = 1 << 16;

    private final EventChannel channel;
    private final boolean toStderr;

    private EventOutput(EventChannel channel, boolean toStderr) {
        this.channel = channel;
        this.toStderr = toStderr;
    }

    /** Let {@code System.out} and {@code System.err} send events. */
    static void replaceSystemStreams(EventChannel channel) {
        System.setOut(new PrintStream(new EventOutput(channel, false), true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(new EventOutput(channel, true), true, StandardCharsets.UTF_8));
    }

    @Override
    public void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        for (int from = offset; from < offset + length; from += MAXIMAL_CONTENT) {
            int to = Math.min(from + MAXIMAL_CONTENT, offset + length);
            channel.send(new Event.Output(toStderr, Arrays.copyOfRange(bytes, from, to)));
        }
    }
}
