package dev.foreignarch.engine;

import static org.apiguardian.api.API.Status.INTERNAL;

import com.github.dockerjava.api.exception.NotFoundException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time in which this JVM uses an engine, as the engine itself can tell it: a small container, the session's sign of
 * life, runs as long as this JVM is connected to its input. What belongs to the session has a label with its ID; once no
 * sign of that ID runs, the JVM has ended, wherever it was, and nobody needs those things anymore.
 *
 * <p>A session without a sign labels nothing: nobody could tell that it lives.
 */
@API(status = INTERNAL, since = "0.1")
public final class Session implements AutoCloseable {

    /** Name of the label that what belongs to a session has, and its sign as well. The value is the session's ID. */
    public static final String LABEL = "dev.foreignarch.session";

    /** Name of the label that only signs of life have. */
    static final String SIGN = "dev.foreignarch.sign";

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);
    private static final int ATTEMPTS = 3;

    private final Engine engine;
    private final String id = UUID.randomUUID().toString();
    private @Nullable Attachment sign;
    private @Nullable Supplier<ContainerSpec> plainSign;
    private int users;

    Session(Engine engine) {
        this.engine = engine;
    }

    /** Return what tells this session from all others. */
    public String id() {
        return id;
    }

    /** Return whether a label's value is the ID of a session. */
    static boolean isId(String value) {
        return value.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    }

    /**
     * Give the session its sign of life.
     *
     * @param spec a container whose program runs until its input ends
     * @param complete whether what the program has printed to its standard output is all that is waited for
     * @param limit how long it may take to print that
     * @return what it has printed there
     * @throws ContainerEndedException if the program ends before
     * @throws EngineException if the engine refuses the container, or the time is up
     */
    public synchronized String begin(ContainerSpec spec, Predicate<String> complete, Duration limit) {
        for (int attempt = 1; ; attempt++) {
            RunningContainer container = engine.create(spec.withInput(), Map.of(LABEL, id, SIGN, ""));
            try {
                RunningContainer.Begun begun = container.startAttached(complete, limit);
                Attachment before = sign;
                sign = begun.attachment();
                if (before != null) {
                    before.close();
                }
                return begun.printed();
            } catch (ContainerEndedException ended) {
                if (!ended.isMute() || attempt == ATTEMPTS) {
                    throw ended;
                }
            } catch (EngineException refused) {
                container.close();
                // Somebody whose clock is wrong may have taken it for one that nobody will start anymore.
                if (!(refused.getCause() instanceof NotFoundException) || attempt == ATTEMPTS) {
                    throw refused;
                }
            }
        }
    }

    /** Return whether the session has a sign of life. */
    public synchronized boolean isOpen() {
        return sign != null && sign.isOpen();
    }

    /** Return the label for what belongs to this session; none if nobody could tell that it lives. */
    public synchronized Map<String, String> labels() {
        if (!isOpen()) {
            beginPlainly();
        }
        return isOpen() ? Map.of(LABEL, id) : Map.of();
    }

    /** What needs a label need not fail for the want of a sign: then it has none. */
    private void beginPlainly() {
        Supplier<ContainerSpec> spec = plainSign;
        plainSign = null;
        if (spec != null) {
            try {
                begin(spec.get(), text -> !text.isEmpty(), Attachment.GREETING);
                plainSign = spec;
            } catch (EngineException refused) {
                LOG.debug("The session has no sign of life", refused);
            }
        }
    }

    /**
     * Begin to use the session.
     *
     * @param sign a container for its sign of life, if it has none when something needs a label: its program prints
     *     something, and runs until its input ends
     */
    public synchronized void enter(Supplier<ContainerSpec> sign) {
        users++;
        plainSign = sign;
    }

    /** Stop using it. It ends with the last one who does. */
    @Override
    public synchronized void close() {
        users--;
        Attachment present = sign;
        if (users > 0) {
            return;
        }
        plainSign = null;
        sign = null;
        if (present != null) {
            present.close();
        }
    }
}
