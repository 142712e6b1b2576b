package dev.foreignarch.jvm.wire;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.ValueWrapper;

/**
 * A throwable on its way: in Java's serialized form if it has one, and always described in words, so that nothing is
 * lost where that form can't be read.
 *
 * @param className name of its class
 * @param message its message
 * @param words what its {@code toString()} says
 * @param assertion whether it is an assertion that failed, rather than an error
 * @param expected what an assertion expected, in words
 * @param actual what it got, in words
 * @param stack its stack trace
 * @param cause its cause
 * @param suppressed what it suppressed
 * @param serialized its serialized form, causes and suppressed included
 */
@API(status = INTERNAL, since = "0.1")
public record SentThrowable(
        String className,
        @Nullable String message,
        String words,
        boolean assertion,
        @Nullable String expected,
        @Nullable String actual,
        List<StackTraceElement> stack,
        Optional<SentThrowable> cause,
        List<SentThrowable> suppressed,
        byte @Nullable [] serialized) {

    /** More would not be read by anyone, and a deeper nesting than that is a mistake or an attack. */
    private static final int MAXIMAL_DEPTH = 50;

    /** Keep copies. */
    public SentThrowable {
        stack = List.copyOf(stack);
        suppressed = List.copyOf(suppressed);
    }

    /**
     * Describe a throwable.
     *
     * @param throwable the throwable
     * @return its description
     */
    public static SentThrowable of(Throwable throwable) {
        return of(throwable, serialized(throwable), Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static SentThrowable of(Throwable throwable, byte @Nullable [] serialized, Set<Throwable> seen) {
        seen.add(throwable);
        List<SentThrowable> suppressed = new ArrayList<>();
        for (Throwable one : throwable.getSuppressed()) {
            if (!seen.contains(one) && seen.size() < MAXIMAL_DEPTH) {
                suppressed.add(of(one, null, seen));
            }
        }
        Throwable cause = throwable.getCause();
        Optional<SentThrowable> described = cause == null || seen.contains(cause) || seen.size() >= MAXIMAL_DEPTH
                ? Optional.empty()
                : Optional.of(of(cause, null, seen));
        AssertionFailedError failed = throwable instanceof AssertionFailedError error ? error : null;
        return new SentThrowable(
                throwable.getClass().getName(),
                words(throwable, false),
                String.valueOf(words(throwable, true)),
                throwable instanceof AssertionError,
                failed != null && failed.isExpectedDefined() ? words(failed.getExpected()) : null,
                failed != null && failed.isActualDefined() ? words(failed.getActual()) : null,
                Arrays.asList(throwable.getStackTrace()),
                described,
                suppressed,
                serialized);
    }

    /** An exception's own methods may throw, and that must not hide the exception. */
    private static @Nullable String words(Throwable throwable, boolean whole) {
        try {
            return whole ? throwable.toString() : throwable.getMessage();
        } catch (RuntimeException broken) {
            return throwable.getClass().getName() + " (whose message can't be read: " + broken + ")";
        }
    }

    private static @Nullable String words(@Nullable ValueWrapper value) {
        return value == null ? null : value.getStringRepresentation();
    }

    private static byte @Nullable [] serialized(Throwable throwable) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(throwable);
        } catch (IOException | RuntimeException | StackOverflowError unfit) {
            return null;
        }
        return bytes.toByteArray();
    }

    static void write(Optional<SentThrowable> throwable, WireOutput out) {
        out.number(throwable.isPresent() ? 1 : 0);
        throwable.ifPresent(present -> present.write(out));
    }

    private void write(WireOutput out) {
        out.text(className)
                .text(message)
                .text(words)
                .number(assertion ? 1 : 0)
                .text(expected)
                .text(actual)
                .number(stack.size());
        for (StackTraceElement element : stack) {
            out.text(element.getClassLoaderName())
                    .text(element.getModuleName())
                    .text(element.getModuleVersion())
                    .text(element.getClassName())
                    .text(element.getMethodName())
                    .text(element.getFileName())
                    .number(element.getLineNumber());
        }
        write(cause, out);
        out.number(suppressed.size());
        suppressed.forEach(one -> one.write(out));
        out.bytes(serialized);
    }

    static Optional<SentThrowable> read(WireInput in) {
        return in.number() == 1 ? Optional.of(read(in, 0)) : Optional.empty();
    }

    private static SentThrowable read(WireInput in, int depth) {
        if (depth > MAXIMAL_DEPTH) {
            throw new WireException("a throwable is nested too deeply", null);
        }
        String className = in.text();
        String message = in.optionalText();
        String words = in.text();
        boolean assertion = in.number() == 1;
        String expected = in.optionalText();
        String actual = in.optionalText();
        int frames = in.count();
        List<StackTraceElement> stack = new ArrayList<>(frames);
        for (int index = 0; index < frames; index++) {
            stack.add(new StackTraceElement(
                    in.optionalText(),
                    in.optionalText(),
                    in.optionalText(),
                    in.text(),
                    in.text(),
                    in.optionalText(),
                    (int) in.number()));
        }
        Optional<SentThrowable> cause = in.number() == 1 ? Optional.of(read(in, depth + 1)) : Optional.empty();
        int count = in.count();
        List<SentThrowable> suppressed = new ArrayList<>(count);
        for (int index = 0; index < count; index++) {
            suppressed.add(read(in, depth + 1));
        }
        return new SentThrowable(
                className, message, words, assertion, expected, actual, stack, cause, suppressed, in.optionalBytes());
    }
}
