package dev.foreignarch.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.jvm.launch.JvmLauncher;
import dev.foreignarch.jvm.launch.JvmSpec;
import dev.foreignarch.jvm.launch.JvmStartException;
import dev.foreignarch.jvm.launch.StartedJvm;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Foreign JVMs that wait for their turn to start. */
class JvmPoolTests {

    /** As many as start at once. */
    private static final int STARTERS = Math.max(2, Runtime.getRuntime().availableProcessors());

    private static final Duration LONG = Duration.ofMinutes(5);

    private final SlowLauncher launcher = new SlowLauncher();

    @Test
    void theTimeToStartBeginsWithTheStart() {
        List<JvmSpec> specs = specs();
        try (JvmPool pool = new JvmPool(launcher, LONG, Duration.ofSeconds(1))) {
            pool.prepare(specs);
            specs.subList(0, STARTERS)
                    .forEach(spec -> assertThatThrownBy(() -> pool.get(spec))
                            .hasMessage("The JVM of s390x was not there after 1 s (foreignarch.startup.timeout and"
                                    + " foreignarch.jvm.timeout together). Either its image takes longer to pull, or the"
                                    + " container engine does not answer."));
            launcher.answer.countDown();

            assertThatThrownBy(() -> pool.get(specs.get(STARTERS))).hasMessage("started");
        }
    }

    @Test
    void whatHasNotStartedIsGivenUpAtTheEnd() throws Exception {
        List<JvmSpec> specs = specs();
        JvmPool pool = new JvmPool(launcher, LONG, LONG);
        pool.prepare(specs);
        launcher.starts.acquire(STARTERS);
        CompletableFuture<Throwable> refusal =
                CompletableFuture.supplyAsync(() -> catchThrowable(() -> pool.get(specs.get(STARTERS))));
        Thread closer = new Thread(pool::close);
        closer.start();

        assertThat(refusal.get(10, TimeUnit.SECONDS)).hasMessage("The JVM of s390x is not needed anymore.");
        launcher.answer.countDown();
        closer.join();
        assertThat(launcher.starts.availablePermits()).isZero();
    }

    private static List<JvmSpec> specs() {
        return IntStream.rangeClosed(0, STARTERS)
                .mapToObj(number -> new JvmSpec(
                        Architecture.S390X,
                        "s390x",
                        Optional.of("image:" + number),
                        List.of(),
                        Map.of(),
                        List.of(),
                        Optional.empty(),
                        false))
                .toList();
    }

    /** Starts nothing, and that only when it is told to. */
    private static final class SlowLauncher implements JvmLauncher {
        private final Semaphore starts = new Semaphore(0);
        private final CountDownLatch answer = new CountDownLatch(1);

        @Override
        public StartedJvm start(JvmSpec spec, Output output) {
            starts.release();
            try {
                answer.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            throw new JvmStartException("started", null);
        }

        @Override
        public void close() {
            // Nothing is kept.
        }
    }
}
