package dev.foreignarch.image;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.apiguardian.api.API.Status.INTERNAL;

import dev.foreignarch.engine.EngineException;
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
 * The right to move a tag: one thread at a time has it, among all JVMs of a user on this machine.
 *
 * <p>Between a pull and putting the tag back the tag stands for the wrong image. Whoever asks the engine directly can see
 * that for a moment; whoever asks for this lock can't.
 *
 * <p>What else has a name on an engine, such as a volume, can be held in the same way.
 */
@API(status = INTERNAL, since = "0.1")
public final class TagLock {

    private static final Logger LOG = LoggerFactory.getLogger(TagLock.class);
    private static final int POLL_MILLIS = 20;

    private static final ConcurrentMap<String, ReentrantLock> IN_THIS_JVM = new ConcurrentHashMap<>();

    private final ReentrantLock lock;
    private final @Nullable FileChannel file;

    private TagLock(ReentrantLock lock, @Nullable FileChannel file) {
        this.lock = lock;
        this.file = file;
    }

    /**
     * Do something while nobody else moves a tag, by whichever of its names it is known.
     *
     * @param tag the tag
     * @param action what to do
     * @return what the action returns
     */
    public static <T> T holding(String tag, Supplier<T> action) {
        TagLock held = acquire(tag);
        try {
            return action.get();
        } finally {
            held.release();
        }
    }

    private static TagLock acquire(String tag) {
        String key = familiar(tag);
        ReentrantLock lock = IN_THIS_JVM.computeIfAbsent(key, unknown -> new ReentrantLock());
        try {
            lock.lockInterruptibly();
            try {
                return new TagLock(lock, amongJvms(key));
            } catch (InterruptedException | RuntimeException failure) {
                lock.unlock();
                throw failure;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new EngineException("waiting for another thread that uses " + tag + " was interrupted", interrupted);
        }
    }

    /** The engine has one tag for the long and the short name of an official image. */
    static String familiar(String tag) {
        return tag.replaceFirst("^(index\\.)?docker\\.io/", "").replaceFirst("^library/", "");
    }

    private static @Nullable FileChannel amongJvms(String key) throws InterruptedException {
        Path directory =
                Path.of(System.getProperty("java.io.tmpdir"), "foreignarch-" + System.getProperty("user.name"));
        // Different tags may share a file: then they only wait for each other.
        Path path = directory.resolve(Integer.toHexString(key.hashCode()) + ".lock");
        try {
            Files.createDirectories(directory);
            return locked(FileChannel.open(path, CREATE, WRITE));
        } catch (IOException notWritable) {
            LOG.warn(
                    "{} can't be locked ({}): tests that run in several JVMs at once may disturb each other's use of {}",
                    path,
                    notWritable.toString(),
                    key);
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
