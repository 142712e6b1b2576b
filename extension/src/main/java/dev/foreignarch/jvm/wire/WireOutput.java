package dev.foreignarch.jvm.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds a message of values. */
final class WireOutput {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream data = new DataOutputStream(bytes);

    WireOutput number(long value) {
        try {
            data.writeLong(value);
            return this;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    WireOutput bytes(byte @Nullable [] value) {
        if (value == null) {
            return number(-1);
        }
        number(value.length);
        bytes.writeBytes(value);
        return this;
    }

    WireOutput text(@Nullable String value) {
        return bytes(value == null ? null : value.getBytes(UTF_8));
    }

    WireOutput texts(Collection<String> values) {
        number(values.size());
        values.forEach(this::text);
        return this;
    }

    WireOutput texts(Map<String, String> values) {
        number(values.size());
        values.forEach((name, value) -> text(name).text(value));
        return this;
    }

    byte[] toByteArray() {
        return bytes.toByteArray();
    }
}
