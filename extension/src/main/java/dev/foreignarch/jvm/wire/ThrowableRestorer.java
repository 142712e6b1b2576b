package dev.foreignarch.jvm.wire;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.ValueWrapper;

/**
 * Makes a throwable of what arrived: the thing itself where it can be read, else a stand-in with its name, message,
 * stack trace, cause and suppressed throwables.
 */
@API(status = INTERNAL, since = "0.1")
public final class ThrowableRestorer {

    private ThrowableRestorer() {}

    /**
     * Make a throwable.
     *
     * @param sent what arrived
     * @return the throwable
     */
    public static Throwable restore(SentThrowable sent) {
        return Optional.ofNullable(sent.serialized())
                .flatMap(ThrowableRestorer::deserialize)
                .filter(throwable -> throwable.getClass().getName().equals(sent.className()))
                .orElseGet(() -> standIn(sent));
    }

    private static Optional<Throwable> deserialize(byte[] serialized) {
        try (ObjectInputStream in = new LocalClasses(new ByteArrayInputStream(serialized))) {
            in.setObjectInputFilter(new ThrowableFilter());
            return Optional.of((Throwable) in.readObject());
        } catch (IOException | ClassNotFoundException | RuntimeException | LinkageError unfit) {
            return Optional.empty();
        }
    }

    private static Throwable standIn(SentThrowable sent) {
        Throwable throwable = empty(sent);
        throwable.setStackTrace(sent.stack().toArray(StackTraceElement[]::new));
        sent.suppressed().forEach(suppressed -> throwable.addSuppressed(standIn(suppressed)));
        return throwable;
    }

    private static Throwable empty(SentThrowable sent) {
        Throwable cause = sent.cause().map(ThrowableRestorer::standIn).orElse(null);
        if (sent.className().equals(AssertionFailedError.class.getName())) {
            return sent.expected() == null || sent.actual() == null
                    ? new AssertionFailedError(sent.message(), cause)
                    : new AssertionFailedError(sent.message(), inWords(sent.expected()), inWords(sent.actual()), cause);
        }
        return sent.assertion()
                ? new ForeignAssertionError(sent.className(), sent.message(), sent.words(), cause)
                : new ForeignException(sent.className(), sent.message(), sent.words(), cause);
    }

    private static ValueWrapper inWords(String words) {
        return ValueWrapper.create(words, words);
    }

    /** Looks for classes where the tests' classes are. */
    private static final class LocalClasses extends ObjectInputStream {

        private LocalClasses(InputStream in) throws IOException {
            super(in);
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass description) throws IOException, ClassNotFoundException {
            @Nullable ClassLoader tests = Thread.currentThread().getContextClassLoader();
            try {
                return Class.forName(description.getName(), false, tests);
            } catch (ClassNotFoundException elsewhere) {
                return super.resolveClass(description);
            }
        }
    }
}
