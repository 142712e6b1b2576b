package dev.foreignarch.jvm.launch;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for what an engine does, but not for ever: an engine may be gone, or silent. */
final class Patience {

    private static final Logger LOG = LoggerFactory.getLogger(Patience.class);

    private Patience() {}

    /**
     * Do something that nothing depends on.
     *
     * @param limit how long to wait for its end; it goes on after that, as long as this JVM does
     * @param name what it is, for the log
     */
    static void during(Duration limit, String name, Runnable work) {
        Thread worker = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (RuntimeException failure) {
                        LOG.warn("Could not {}: {}", name, failure.toString());
                    }
                },
                "foreignarch-" + name);
        worker.setDaemon(true);
        worker.start();
        try {
            worker.join(limit.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
