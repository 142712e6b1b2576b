package dev.foreignarch.engine;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to change what has a name on an engine: one thread at a time has it, among all JVMs of a user on this
 * machine. It costs no look at the engine. {@link EngineLock} is for what others must not see half done.
 */
@API(status = INTERNAL, since = "0.1")
public final class NameLock {

    private static final Logger LOG = LoggerFactory.getLogger(NameLock.class);

    /** Making an archive of classes in an emulated JVM takes a minute or two, on a busy machine ten. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(30);

    private static final ThreadLocks IN_THIS_JVM = new ThreadLocks();

    private NameLock() {}

    /**
     * Do something while nobody else does who holds the same name.
     *
     * @param name the name, always in the same form
     * @param action what to do
     * @return what the action returns
     * @throws EngineException if another one holds it for half an hour; the message tells who
     */
    public static <T> T holding(String name, Supplier<T> action) {
        Path directory =
                Path.of(System.getProperty("java.io.tmpdir"), "foreignarch-" + System.getProperty("user.name"));
        return holding(name, directory, LONGEST_WAIT, action);
    }

    static <T> T holding(String name, Path directory, Duration limit, Supplier<T> action) {
        return IN_THIS_JVM.holding(name, limit, () -> {
            Optional<LockFile> file = amongJvms(name, directory, limit);
            try {
                return action.get();
            } finally {
                file.ifPresent(LockFile::close);
            }
        });
    }

    private static Optional<LockFile> amongJvms(String name, Path directory, Duration limit) {
        try {
            // Different names may share a file: then they only wait for each other.
            Path file = PrivateDirectory.at(directory).resolve(Integer.toHexString(name.hashCode()) + ".lock");
            return Optional.of(LockFile.acquire(file, name, limit));
        } catch (IOException notUsable) {
            LOG.warn(
                    "{}. Tests that run in several JVMs at once may disturb each other's use of {}. Remove it, or let"
                            + " the JVMs have a temporary directory of their own: -Djava.io.tmpdir=…",
                    notUsable.getMessage(),
                    name);
            return Optional.empty();
        }
    }
}
