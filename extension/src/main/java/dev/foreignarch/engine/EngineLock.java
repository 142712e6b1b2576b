package dev.foreignarch.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apiguardian.api.API.Status.INTERNAL;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to change what has a name on an engine: one thread at a time has it, among all JVMs that use ForeignArch on
 * that engine, whosever they are and wherever they run.
 *
 * <p>The lock is a {@link LockContainer}, which costs the time of a container: it is for what takes long anyway.
 */
@API(status = INTERNAL, since = "0.1")
public final class EngineLock {

    private static final Logger LOG = LoggerFactory.getLogger(EngineLock.class);

    /** A large image over a slow line takes its time. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(30);

    private static final Duration PAUSE = Duration.ofMillis(100);

    /** A container that was created by a JVM that was killed before it could start it. */
    private static final Duration NEVER_STARTED = Duration.ofSeconds(10);

    private static final ThreadLocks IN_THIS_JVM = new ThreadLocks();

    private EngineLock() {}

    /**
     * Do something while nobody else on the engine does who holds the same name.
     *
     * @param engine the engine
     * @param name the name, always in the same form
     * @param action what to do
     * @return what the action returns
     * @throws EngineException if another one holds it for half an hour; the message tells who
     */
    public static <T> T holding(Engine engine, String name, Supplier<T> action) {
        return holding(engine, name, LONGEST_WAIT, action);
    }

    static <T> T holding(Engine engine, String name, Duration limit, Supplier<T> action) {
        return IN_THIS_JVM.holding(name, limit, () -> {
            Optional<LockContainer> lock = amongJvms(engine, name, limit);
            try {
                return action.get();
            } finally {
                lock.ifPresent(LockContainer::close);
            }
        });
    }

    /** Return the name of the container that is the lock of a name. */
    static String container(String name) {
        return "foreignarch-lock-" + UUID.nameUUIDFromBytes(name.getBytes(UTF_8));
    }

    private static Optional<LockContainer> amongJvms(Engine engine, String name, Duration limit) {
        Instant deadline = Instant.now().plus(limit);
        String notStarted = "";
        Instant since = Instant.now();
        try {
            while (true) {
                Optional<LockContainer> lock = LockContainer.tryToMake(engine, container(name));
                if (lock.isPresent()) {
                    return lock;
                }
                if (Instant.now().isAfter(deadline)) {
                    throw tooLong(engine, name, limit);
                }
                Optional<RunningContainer> created = LockContainer.notStarted(engine, container(name));
                String id = created.map(RunningContainer::id).orElse("");
                if (!id.equals(notStarted)) {
                    notStarted = id;
                    since = Instant.now();
                } else if (since.plus(NEVER_STARTED).isBefore(Instant.now())) {
                    created.ifPresent(RunningContainer::close);
                }
                Thread.sleep(PAUSE.toMillis());
            }
        } catch (NotLockableException refused) {
            LOG.warn(
                    "{} can't be locked on the engine ({}): tests on other machines, or of other users, may disturb its"
                            + " use for a moment",
                    name,
                    refused.getMessage());
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new EngineException("waiting for another JVM that uses " + name + " was interrupted", interrupted);
        }
    }

    private static EngineException tooLong(Engine engine, String name, Duration limit) {
        String container = container(name);
        return new EngineException(
                name + " has been used for more than " + ThreadLocks.text(limit) + " by "
                        + LockContainer.holder(engine, container).orElse("a JVM that does not tell its name")
                        + ". See whether that process hangs, and end it if it does; its lock is a container, which can"
                        + " also be removed: docker rm -f " + container,
                null);
    }
}
