package dev.foreignarch.jvm.wire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;

/** Writes and reads what a test was made of. Classes and methods travel as names: both sides have the same ones. */
final class SourceCodec {

    private static final int NONE = 0;
    private static final int METHOD = 1;
    private static final int CLASS = 2;
    private static final int OTHER = 3;

    private static final ObjectInputFilter SOURCES_ONLY = ObjectInputFilter.Config.createFilter(
            "maxdepth=20;maxarray=1000;org.junit.platform.engine.support.descriptor.*;java.util.*;java.net.URI;"
                    + "java.io.File;java.lang.*;!*");

    private SourceCodec() {}

    static void write(@Nullable TestSource source, WireOutput out) {
        if (source == null) {
            out.number(NONE);
        } else if (source instanceof MethodSource method) {
            out.number(METHOD)
                    .text(method.getClassName())
                    .text(method.getMethodName())
                    .text(method.getMethodParameterTypes());
        } else if (source instanceof ClassSource type && type.getPosition().isEmpty()) {
            out.number(CLASS).text(type.getClassName());
        } else {
            out.number(OTHER).bytes(serialized(source));
        }
    }

    static @Nullable TestSource read(WireInput in) {
        int kind = (int) in.number();
        return switch (kind) {
            case NONE -> null;
            case METHOD -> method(in.text(), in.text(), in.optionalText());
            case CLASS -> ClassSource.from(in.text());
            case OTHER -> deserialized(in.optionalBytes());
            default -> throw new WireException("there is no source of tests number " + kind, null);
        };
    }

    private static MethodSource method(String className, String methodName, @Nullable String parameterTypes) {
        return parameterTypes == null || parameterTypes.isEmpty()
                ? MethodSource.from(className, methodName)
                : MethodSource.from(className, methodName, parameterTypes);
    }

    /** An engine's own kind of source may hold anything; without it the test is still reported. */
    private static byte @Nullable [] serialized(TestSource source) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(source);
        } catch (IOException unfit) {
            return null;
        }
        return bytes.toByteArray();
    }

    private static @Nullable TestSource deserialized(byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            in.setObjectInputFilter(SOURCES_ONLY);
            return (TestSource) in.readObject();
        } catch (IOException | ClassNotFoundException | ClassCastException unfit) {
            return null;
        }
    }
}
