package dev.foreignarch.jvm.agent;

import dev.foreignarch.jvm.wire.Event;
import dev.foreignarch.jvm.wire.FrameWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Sends events to the local side. */
final class EventChannel {

    private final FrameWriter frames;

    EventChannel(OutputStream out) {
        this.frames = new FrameWriter(out);
    }

    /** Use this process's own standard output, whatever {@code System.out} is or becomes. */
    static EventChannel onStandardOutput() {
        return new EventChannel(new FileOutputStream(FileDescriptor.out));
    }

    void send(Event event) {
        try {
            frames.write(event.encode());
        } catch (IOException nobodyListens) {
            // The local side is gone. Tests that nobody hears of are not worth running on.
            Runtime.getRuntime().halt(1);
        }
    }
}
