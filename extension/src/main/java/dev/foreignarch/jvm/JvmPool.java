package dev.foreignarch.jvm;

import dev.foreignarch.jvm.launch.JvmLauncher;
import dev.foreignarch.jvm.launch.JvmSpec;
import dev.foreignarch.jvm.launch.JvmStartException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The foreign JVMs of this JVM: one for each specification, kept for all classes until this is closed.
 *
 * <p>A JVM that can't be started can't be started for the next class either: its failure is kept.
 */
final class JvmPool implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    private final JvmLauncher launcher;
    private final Map<JvmSpec, CompletableFuture<ForeignVm>> jvms = new HashMap<>();
    private final ExecutorService starters =
            Executors.newFixedThreadPool(Math.max(2, Runtime.getRuntime().availableProcessors()), work -> {
                Thread thread = new Thread(work, "foreignarch-start");
                thread.setDaemon(true);
                return thread;
            });

    JvmPool(JvmLauncher launcher) {
        this.launcher = launcher;
    }

    /** Start JVMs ahead of their use. */
    void prepare(Collection<JvmSpec> specs) {
        specs.forEach(this::future);
    }

    /**
     * Return a JVM, started now if it isn't yet.
     *
     * @throws RuntimeException if it can't be started
     */
    ForeignVm get(JvmSpec spec) {
        try {
            return future(spec).join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof RuntimeException known
                    ? known
                    : new JvmStartException(String.valueOf(failure.getMessage()), failure);
        }
    }

    /** Start a JVM that only the caller uses, and closes. */
    ForeignVm startAnother(JvmSpec spec) {
        return ForeignVm.start(launcher, spec, START_LIMIT);
    }

    /** Give up a JVM that is dead or hangs. The next one who wants it gets a new one. */
    synchronized void discard(JvmSpec spec) {
        CompletableFuture<ForeignVm> discarded = jvms.remove(spec);
        if (discarded != null) {
            discarded.thenAccept(ForeignVm::close);
        }
    }

    private synchronized CompletableFuture<ForeignVm> future(JvmSpec spec) {
        return jvms.computeIfAbsent(
                spec,
                one -> CompletableFuture.supplyAsync(() -> ForeignVm.start(launcher, one, START_LIMIT), starters));
    }

    @Override
    public synchronized void close() {
        starters.shutdown();
        jvms.values()
                .forEach(jvm -> jvm.handle((started, failure) -> {
                    if (started != null) {
                        started.close();
                    }
                    return null;
                }));
        jvms.values().forEach(jvm -> jvm.handle((started, failure) -> null).join());
        jvms.clear();
        launcher.close();
    }
}
