package dev.foreignarch.engine;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apiguardian.api.API;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what has done its work, in the order in which it is handed over, while whoever used it goes on.
 *
 * <p>An engine takes some tenths of a second to remove a container and its image; no test has to wait for that. What
 * fails here has harmed nobody: {@link Leftovers} removes in the next run what is left.
 */
@API(status = INTERNAL, since = "0.1")
public final class Disposal implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Disposal.class);

    private static final int LONGEST_WAIT = 60;

    private final ThreadPoolExecutor executor;

    /** Begin. The thread lives while there is something to remove, and keeps the JVM from ending so long. */
    public Disposal() {
        executor = new ThreadPoolExecutor(
                1,
                1,
                100,
                TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(),
                work -> new Thread(work, "foreignarch-disposal"),
                (work, ended) -> work.run());
        executor.allowCoreThreadTimeOut(true);
    }

    /**
     * Do this after what was handed over before; at once, if this is closed.
     *
     * @param removal what may fail without harm
     */
    public void later(Runnable removal) {
        executor.execute(() -> {
            try {
                removal.run();
            } catch (RuntimeException left) {
                LOG.debug("Something is left for the next run to remove", left);
            }
        });
    }

    /** Wait until all is done, for at most a minute. */
    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(LONGEST_WAIT, TimeUnit.SECONDS)) {
                LOG.debug("The engine needs long to remove things; the next run will see");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
