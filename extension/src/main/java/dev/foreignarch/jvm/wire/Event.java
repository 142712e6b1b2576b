package dev.foreignarch.jvm.wire;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** What a foreign JVM tells. */
@API(status = INTERNAL, since = "0.1")
public sealed interface Event {

    /** Version of everything in this package. Both sides must have the same one. */
    int VERSION = 1;

    /**
     * The first event: the JVM is there.
     *
     * @param version its {@link #VERSION}
     * @param facts what it says of itself: some system properties, {@link #LISTED_FILES} and {@link #NO_FILES}
     */
    record Hello(int version, Map<String, String> facts) implements Event {
        /** How many of three files in a directory the JVM sees; a 32-bit libc may see none. */
        public static final String LISTED_FILES = "listed.files";

        /** Why no temporary files can be made, if that is so. */
        public static final String NO_FILES = "no.files";

        /** Keep a copy. */
        public Hello {
            facts = Map.copyOf(facts);
        }
    }

    /**
     * A test or container was found while its parent ran.
     *
     * @param node what was found
     */
    record Registered(TestNode node) implements Event {}

    /**
     * A test or container starts.
     *
     * @param id unique ID in the foreign JVM
     */
    record Started(String id) implements Event {}

    /**
     * A test or container is skipped.
     *
     * @param id unique ID in the foreign JVM
     * @param reason why
     */
    record Skipped(String id, String reason) implements Event {}

    /**
     * A test or container ends.
     *
     * @param id unique ID in the foreign JVM
     * @param outcome how
     * @param failure what was thrown, if something was
     */
    record Finished(String id, Outcome outcome, Optional<SentThrowable> failure) implements Event {}

    /** How a test or container ends. */
    enum Outcome {
        /** As it should. */
        SUCCESSFUL,
        /** An assumption failed. */
        ABORTED,
        /** Something was thrown. */
        FAILED
    }

    /**
     * A test publishes a report entry.
     *
     * @param id unique ID in the foreign JVM
     * @param values the entry
     */
    record Reported(String id, Map<String, String> values) implements Event {}

    /**
     * A test publishes a file.
     *
     * @param id unique ID in the foreign JVM
     * @param name name of the file
     * @param mediaType its media type, if it has one
     * @param content content of the file
     */
    record Published(String id, String name, @Nullable String mediaType, byte[] content) implements Event {}

    /**
     * Something was printed.
     *
     * @param toStderr whether it was printed to standard error, rather than standard output
     * @param content what was printed
     */
    record Output(boolean toStderr, byte[] content) implements Event {}

    /**
     * All tests of a {@link Command.Run} have ended.
     *
     * @param failure what kept the run from ending well, if something did
     */
    record Done(Optional<SentThrowable> failure) implements Event {}

    /**
     * The JVM is about to exit, and nobody asked it to.
     *
     * @param stack the stack of the thread that ends it, if there is one
     */
    record Exiting(String stack) implements Event {}

    /**
     * What all threads are doing.
     *
     * @param text a thread dump
     */
    record Threads(String text) implements Event {}

    /** Return this event as a message. */
    default byte[] encode() {
        WireOutput out = new WireOutput();
        if (this instanceof Hello hello) {
            out.number(1).number(hello.version()).texts(hello.facts());
        } else if (this instanceof Registered registered) {
            out.number(2);
            registered.node().write(out);
        } else if (this instanceof Started started) {
            out.number(3).text(started.id());
        } else if (this instanceof Skipped skipped) {
            out.number(4).text(skipped.id()).text(skipped.reason());
        } else if (this instanceof Finished finished) {
            out.number(5).text(finished.id()).number(finished.outcome().ordinal());
            SentThrowable.write(finished.failure(), out);
        } else if (this instanceof Reported reported) {
            out.number(6).text(reported.id()).texts(reported.values());
        } else if (this instanceof Published published) {
            out.number(7)
                    .text(published.id())
                    .text(published.name())
                    .text(published.mediaType())
                    .bytes(published.content());
        } else if (this instanceof Output output) {
            out.number(8).number(output.toStderr() ? 1 : 0).bytes(output.content());
        } else if (this instanceof Done done) {
            out.number(9);
            SentThrowable.write(done.failure(), out);
        } else if (this instanceof Exiting exiting) {
            out.number(10).text(exiting.stack());
        } else if (this instanceof Threads threads) {
            out.number(11).text(threads.text());
        }
        return out.toByteArray();
    }

    /**
     * Read an event.
     *
     * @param message the message
     * @return the event
     * @throws WireException if the message is no event
     */
    static Event decode(byte[] message) {
        WireInput in = new WireInput(message);
        int kind = (int) in.number();
        return switch (kind) {
            case 1 -> new Hello((int) in.number(), in.textMap());
            case 2 -> new Registered(TestNode.read(in));
            case 3 -> new Started(in.text());
            case 4 -> new Skipped(in.text(), in.text());
            case 5 -> new Finished(in.text(), outcome(in.number()), SentThrowable.read(in));
            case 6 -> new Reported(in.text(), in.textMap());
            case 7 -> new Published(in.text(), in.text(), in.optionalText(), in.bytes());
            case 8 -> new Output(in.number() == 1, in.bytes());
            case 9 -> new Done(SentThrowable.read(in));
            case 10 -> new Exiting(in.text());
            case 11 -> new Threads(in.text());
            default -> throw new WireException("there is no event number " + kind, null);
        };
    }

    private static Outcome outcome(long ordinal) {
        Outcome[] outcomes = Outcome.values();
        if (ordinal < 0 || ordinal >= outcomes.length) {
            throw new WireException("there is no outcome number " + ordinal, null);
        }
        return outcomes[(int) ordinal];
    }
}
