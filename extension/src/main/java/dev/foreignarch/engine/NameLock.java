package dev.foreignarch.engine;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.apiguardian.api.API.Status.INTERNAL;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to change what has a name on an engine: one thread at a time has it, among all JVMs of a user on this
 * machine.
 *
 * <p>Between a pull and putting a tag back the tag stands for the wrong image; while a jar is copied it is half there.
 * Whoever asks the engine directly can see that for a moment; whoever asks for this lock can't.
 */
@API(status = INTERNAL, since = "0.1")
public final class NameLock {

    private static final Logger LOG = LoggerFactory.getLogger(NameLock.class);
    private static final int POLL_MILLIS = 20;

    private static final ConcurrentMap<String, ReentrantLock> IN_THIS_JVM = new ConcurrentHashMap<>();

    private final ReentrantLock lock;
    private final @Nullable FileChannel file;

    private NameLock(ReentrantLock lock, @Nullable FileChannel file) {
        this.lock = lock;
        this.file = file;
    }

    /**
     * Do something while nobody else does who holds the same name.
     *
     * @param name the name, always in the same form
     * @param action what to do
     * @return what the action returns
     */
    public static <T> T holding(String name, Supplier<T> action) {
        NameLock held = acquire(name);
        try {
            return action.get();
        } finally {
            held.release();
        }
    }

    private static NameLock acquire(String name) {
        ReentrantLock lock = IN_THIS_JVM.computeIfAbsent(name, unknown -> new ReentrantLock());
        try {
            lock.lockInterruptibly();
            try {
                return new NameLock(lock, amongJvms(name));
            } catch (InterruptedException | RuntimeException failure) {
                lock.unlock();
                throw failure;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new EngineException("waiting for another thread that uses " + name + " was interrupted", interrupted);
        }
    }

    private static @Nullable FileChannel amongJvms(String name) throws InterruptedException {
        Path directory =
                Path.of(System.getProperty("java.io.tmpdir"), "foreignarch-" + System.getProperty("user.name"));
        // Different names may share a file: then they only wait for each other.
        Path path = directory.resolve(Integer.toHexString(name.hashCode()) + ".lock");
        try {
            Files.createDirectories(directory);
            return locked(FileChannel.open(path, CREATE, WRITE));
        } catch (IOException notWritable) {
            LOG.warn(
                    "{} can't be locked ({}): tests that run in several JVMs at once may disturb each other's use of {}",
                    path,
                    notWritable.toString(),
                    name);
            return null;
        }
    }

    private static FileChannel locked(FileChannel channel) throws IOException, InterruptedException {
        try {
            while (!isLocked(channel)) {
                Thread.sleep(POLL_MILLIS);
            }
            return channel;
        } catch (IOException | InterruptedException failure) {
            channel.close();
            throw failure;
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException anotherClassLoader) {
            return false;
        }
    }

    private void release() {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException unlockedByTheSystem) {
            LOG.debug("A lock file was not closed", unlockedByTheSystem);
        } finally {
            lock.unlock();
        }
    }
}
