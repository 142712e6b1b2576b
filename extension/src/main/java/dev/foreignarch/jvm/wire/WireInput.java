package dev.foreignarch.jvm.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the values of a message. */
final class WireInput {

    private final ByteBuffer bytes;

    WireInput(byte[] message) {
        this.bytes = ByteBuffer.wrap(message);
    }

    long number() {
        try {
            return bytes.getLong();
        } catch (BufferUnderflowException cut) {
            throw new WireException("a message ends too early", cut);
        }
    }

    int count() {
        long count = number();
        if (count < 0 || count > bytes.remaining()) {
            throw new WireException("a message counts " + count + " values, which it can't hold", null);
        }
        return (int) count;
    }

    byte @Nullable [] optionalBytes() {
        long length = number();
        if (length == -1) {
            return null;
        }
        if (length < 0 || length > bytes.remaining()) {
            throw new WireException("a message announces " + length + " bytes, which it does not hold", null);
        }
        byte[] value = new byte[(int) length];
        bytes.get(value);
        return value;
    }

    byte[] bytes() {
        return Objects.requireNonNull(optionalBytes(), "a value is missing in a message");
    }

    @Nullable
    String optionalText() {
        byte[] value = optionalBytes();
        return value == null ? null : new String(value, UTF_8);
    }

    String text() {
        return new String(bytes(), UTF_8);
    }

    List<String> texts() {
        int count = count();
        List<String> values = new ArrayList<>(count);
        for (int index = 0; index < count; index++) {
            values.add(text());
        }
        return values;
    }

    Map<String, String> textMap() {
        int count = count();
        Map<String, String> values = new LinkedHashMap<>();
        for (int index = 0; index < count; index++) {
            values.put(text(), text());
        }
        return values;
    }
}
