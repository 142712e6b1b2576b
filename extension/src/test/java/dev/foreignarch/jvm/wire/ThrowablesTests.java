package dev.foreignarch.jvm.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Serial;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

/** A throwable arrives as itself, or as something that speaks like it. */
class ThrowablesTests {

    @Test
    void arrivesAsItselfWithCausesAndStack() {
        IllegalStateException sent = new IllegalStateException("message", new IOException("cause"));
        sent.addSuppressed(new UnsupportedOperationException("suppressed"));

        Throwable arrived = sendThere(sent);

        assertThat(arrived).isExactlyInstanceOf(IllegalStateException.class).hasMessage("message");
        assertThat(arrived.getStackTrace()).isEqualTo(sent.getStackTrace());
        assertThat(arrived.getCause()).isExactlyInstanceOf(IOException.class).hasMessage("cause");
        assertThat(arrived.getSuppressed()).singleElement().isExactlyInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void keepsTheValuesOfAnAssertion() {
        AssertionFailedError arrived =
                (AssertionFailedError) sendThere(new AssertionFailedError("message", List.of(1, 2), "two"));

        assertThat(arrived.getExpected().getValue()).isEqualTo(List.of(1, 2));
        assertThat(arrived.getActual().getValue()).isEqualTo("two");
    }

    @Test
    void keepsTheValuesInWordsWhereTheirClassMayNotBeMade() {
        AssertionFailedError arrived = (AssertionFailedError)
                sendThere(new AssertionFailedError("message", new Gadget("one"), new Gadget("two")));

        assertThat(arrived).hasMessage("message");
        assertThat(arrived.getExpected().getStringRepresentation()).isEqualTo("gadget one");
        assertThat(arrived.getActual().getStringRepresentation()).isEqualTo("gadget two");
        assertThat(Gadget.made).isZero();
    }

    @Test
    void speaksLikeOneThatCannotBeSent() {
        Unsendable sent = new Unsendable(new IOException("cause"));

        Throwable arrived = sendThere(sent);

        assertThat(arrived)
                .isInstanceOf(ForeignException.class)
                .hasMessage("its message")
                .hasToString("its words");
        assertThat(((ForeignException) arrived).className()).isEqualTo(Unsendable.class.getName());
        assertThat(arrived.getStackTrace()).isEqualTo(sent.getStackTrace());
        assertThat(arrived.getCause()).hasToString("java.io.IOException: cause");
    }

    @Test
    void anAssertionStaysAnAssertion() {
        AssertionError sent =
                new AssertionError(new Object() {
                    @Override
                    public String toString() {
                        return "detail";
                    }
                }) {
                    @Serial
                    private static final long serialVersionUID = 1L;

                    @SuppressWarnings("serial")
                    private final Object attachment = Thread.currentThread();

                    @Override
                    public String toString() {
                        return "words" + (attachment == null ? "!" : "");
                    }
                };

        assertThat(sendThere(sent)).isInstanceOf(AssertionError.class).hasMessage("detail");
    }

    @Test
    void endsWhereCausesGoInCircles() {
        Exception one = new Exception("one");
        Exception other = new Exception("other", one);
        one.initCause(other);

        assertThat(SentThrowable.of(one).cause().orElseThrow().cause()).isEmpty();
    }

    private static Throwable sendThere(Throwable throwable) {
        Event.Finished sent =
                new Event.Finished("[engine:e]", Event.Outcome.FAILED, Optional.of(SentThrowable.of(throwable)));
        Event.Finished arrived = (Event.Finished) Event.decode(sent.encode());
        return ThrowableRestorer.restore(arrived.failure().orElseThrow());
    }

    private static final class Gadget implements Serializable {
        @Serial
        private static final long serialVersionUID = 1L;

        private static int made;

        private final String name;

        private Gadget(String name) {
            this.name = name;
        }

        @Serial
        private Object readResolve() {
            made++;
            return this;
        }

        @Override
        public String toString() {
            return "gadget " + name;
        }
    }

    private static final class Unsendable extends Exception {
        @Serial
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("serial")
        private final Object attachment = Thread.currentThread();

        private Unsendable(Throwable cause) {
            super("its message", cause);
        }

        @Override
        public String toString() {
            return attachment == null ? "" : "its words";
        }
    }
}
