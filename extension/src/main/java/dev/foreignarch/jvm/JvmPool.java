package dev.foreignarch.jvm;

import dev.foreignarch.jupiter.ForeignArchParameters;
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
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * The foreign JVMs of this JVM: one for each specification, kept for all classes until this is closed.
 *
 * <p>A JVM that can't be started can't be started for the next class either: its failure is kept.
 */
final class JvmPool implements AutoCloseable {

    /** What is starting ends by itself; after that nothing of it is left. But an engine may be silent. */
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(20);

    private final JvmLauncher launcher;
    private final Duration greetingLimit;
    private final Duration startLimit;
    private final Map<JvmSpec, CompletableFuture<ForeignVm>> jvms = new HashMap<>();
    private final ExecutorService starters =
            Executors.newFixedThreadPool(Math.max(2, Runtime.getRuntime().availableProcessors()), work -> {
                Thread thread = new Thread(work, "foreignarch-start");
                thread.setDaemon(true);
                return thread;
            });

    /**
     * Make a pool without JVMs.
     *
     * @param greetingLimit how long a JVM may take to greet, once it is started
     * @param startLimit how long everything up to the greeting may take, from its beginning; an
     *     engine that is silent would keep us for ever
     */
    JvmPool(JvmLauncher launcher, Duration greetingLimit, Duration startLimit) {
        this.launcher = launcher;
        this.greetingLimit = greetingLimit;
        this.startLimit = startLimit;
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
        return await(future(spec));
    }

    private static ForeignVm await(CompletableFuture<ForeignVm> starting) {
        try {
            return starting.join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof RuntimeException known
                    ? known
                    : new JvmStartException(String.valueOf(failure.getMessage()), failure);
        }
    }

    /** Start a JVM that only the caller uses, and closes. */
    ForeignVm startAnother(JvmSpec spec) {
        return await(starting(spec));
    }

    /** Give up a JVM that is dead or hangs. The next one who wants it gets a new one. */
    synchronized void discard(JvmSpec spec) {
        CompletableFuture<ForeignVm> discarded = jvms.remove(spec);
        if (discarded != null) {
            discarded.thenAccept(ForeignVm::close);
        }
    }

    private synchronized CompletableFuture<ForeignVm> future(JvmSpec spec) {
        return jvms.computeIfAbsent(spec, this::starting);
    }

    /** A JVM that comes too late is closed by whoever has started it. Its time begins when its turn comes. */
    private CompletableFuture<ForeignVm> starting(JvmSpec spec) {
        CompletableFuture<ForeignVm> starting = new CompletableFuture<>();
        try {
            starters.execute(() -> {
                if (!starting.isDone()) {
                    CompletableFuture.delayedExecutor(startLimit.toMillis(), TimeUnit.MILLISECONDS)
                            .execute(() -> starting.completeExceptionally(tooLate(spec)));
                    start(spec, starting);
                }
            });
        } catch (RejectedExecutionException closed) {
            starting.completeExceptionally(unneeded(spec));
        }
        return starting;
    }

    private static JvmStartException unneeded(JvmSpec spec) {
        return new JvmStartException("The JVM of " + spec.name() + " is not needed anymore.", null);
    }

    private void start(JvmSpec spec, CompletableFuture<ForeignVm> starting) {
        try {
            ForeignVm vm = ForeignVm.start(launcher, spec, greetingLimit);
            if (!starting.complete(vm)) {
                vm.close();
            }
        } catch (Throwable failure) {
            starting.completeExceptionally(failure);
        }
    }

    private JvmStartException tooLate(JvmSpec spec) {
        return new JvmStartException(
                "The JVM of " + spec.name() + " was not there after " + startLimit.toSeconds() + " s ("
                        + ForeignArchParameters.STARTUP_TIMEOUT + " and " + JvmParameters.TIMEOUT
                        + " together). Either its image"
                        + " takes longer to pull, or the container engine does not answer.",
                null);
    }

    @Override
    public void close() {
        starters.shutdown();
        if (giveUpAll()) {
            try {
                starters.awaitTermination(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        launcher.close();
    }

    /**
     * End all JVMs. What has not started yet is not needed anymore.
     *
     * @return whether there was such a one, which may just be starting
     */
    private synchronized boolean giveUpAll() {
        boolean unneeded = false;
        for (Map.Entry<JvmSpec, CompletableFuture<ForeignVm>> jvm : jvms.entrySet()) {
            unneeded |= jvm.getValue().completeExceptionally(unneeded(jvm.getKey()));
            jvm.getValue().thenAccept(ForeignVm::close);
        }
        jvms.clear();
        return unneeded;
    }
}
