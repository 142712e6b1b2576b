package dev.foreignarch.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file that one JVM at a time has locked, and in which it says who it is. The lock ends with the JVM. */
final class LockFile implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LockFile.class);
    private static final int POLL_MILLIS = 20;
    private static final Set<OpenOption> OPTIONS = Set.of(CREATE, WRITE, NOFOLLOW_LINKS);

    private final FileChannel channel;

    private LockFile(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Wait until no other JVM has the lock, and have it until it is closed.
     *
     * @param purpose what the lock is for
     * @throws IOException if the file can't be locked at all
     * @throws EngineException if another JVM has it for longer than the limit
     */
    static LockFile acquire(Path file, String purpose, Duration limit) throws IOException {
        FileChannel channel = FileChannel.open(file, OPTIONS);
        try {
            long deadline = System.nanoTime() + limit.toNanos();
            while (!isLocked(channel)) {
                if (System.nanoTime() > deadline) {
                    throw new EngineException(tooLong(file, purpose, limit), null);
                }
                Thread.sleep(POLL_MILLIS);
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(LockHolder.thisJvm().getBytes(UTF_8)));
            return new LockFile(channel);
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        } catch (InterruptedException interrupted) {
            channel.close();
            Thread.currentThread().interrupt();
            throw new EngineException("waiting for another JVM that uses " + purpose + " was interrupted", interrupted);
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException anotherClassLoader) {
            return false;
        }
    }

    private static String tooLong(Path file, String purpose, Duration limit) throws IOException {
        String holder = Files.readString(file, UTF_8).strip();
        return purpose + " has been used for more than " + ThreadLocks.text(limit) + " by "
                + (holder.isEmpty() ? "a process that has locked " + file : holder)
                + ". See whether that process hangs, and end it if it does; its lock is the file " + file;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException unlockedByTheSystem) {
            LOG.debug("A lock file was not closed", unlockedByTheSystem);
        }
    }
}
