package dev.foreignarch.container;

import dev.foreignarch.engine.EngineFacts;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.containers.ContainerLaunchException;

/**
 * How many emulated containers may start at once. Starting is what emulation makes slow: all at once, each takes as long
 * as all of them, and start-up time limits run out.
 *
 * <p>Containers that are up hold no slot. A test that has some and needs another could else wait for itself, and JUnit's
 * threads take up other tests while they wait for their own.
 */
final class StartSlots {

    private static final Logger LOG = LoggerFactory.getLogger(StartSlots.class);

    /** A start waits for the engine and for I/O as long as it computes. */
    private static final int STARTS_PER_PROCESSOR = 2;

    private static final long MEMORY_PER_START = 512L << 20;

    private final int number;
    private final Semaphore free;

    /** Make slots; at least one. */
    StartSlots(int number) {
        this.number = number;
        this.free = new Semaphore(number, true);
    }

    /** Make as many slots as suit an engine's host. */
    static StartSlots suiting(EngineFacts facts) {
        return new StartSlots(defaultNumber(facts.processors(), facts.memory()));
    }

    static int defaultNumber(int processors, long memory) {
        long byProcessors = (long) processors * STARTS_PER_PROCESSOR;
        long byMemory = memory == 0 ? byProcessors : memory / MEMORY_PER_START;
        return (int) Math.max(1, Math.min(byProcessors, byMemory));
    }

    /** One start's right to go on, until it is closed. */
    interface Slot extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Wait for a slot.
     *
     * @param image what is to be started
     * @throws ContainerLaunchException if the thread is interrupted
     */
    Slot take(String image) {
        if (!free.tryAcquire()) {
            LOG.info("{} waits until fewer than {} emulated containers are starting", image, number);
            try {
                free.acquire();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new ContainerLaunchException(
                        "Waiting for other containers to start was interrupted", interrupted);
            }
        }
        return free::release;
    }
}
