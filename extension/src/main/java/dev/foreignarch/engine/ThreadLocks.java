package dev.foreignarch.engine;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Locks by name among the threads of this JVM, which come before those among JVMs: only one thread waits for these. */
final class ThreadLocks {

    private final ConcurrentMap<String, ReentrantLock> locks = new ConcurrentHashMap<>();

    /**
     * Do something while no other thread does that holds the same name.
     *
     * @param limit how long to wait for another thread
     * @throws EngineException if it takes longer, or the wait is interrupted
     */
    <T> T holding(String name, Duration limit, Supplier<T> action) {
        ReentrantLock lock = locks.computeIfAbsent(name, unknown -> new ReentrantLock());
        try {
            if (!lock.tryLock(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new EngineException(
                        "another thread of this JVM has used " + name + " for more than " + text(limit)
                                + ". It hangs, or what it waits for does: a dump of its threads (jstack "
                                + ProcessHandle.current().pid() + ") shows where",
                        null);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new EngineException("waiting for another thread that uses " + name + " was interrupted", interrupted);
        }
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    static String text(Duration limit) {
        return limit.toSeconds() < 120 ? limit.toSeconds() + " s" : limit.toMinutes() + " min";
    }
}
