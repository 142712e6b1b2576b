package dev.foreignarch.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NameLockTests {

    @Test
    void isHeldByOneThreadAtATime() throws Exception {
        AtomicInteger holders = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Integer>> most = threads.invokeAll(IntStream.range(0, 64)
                    .mapToObj(it ->
                            (java.util.concurrent.Callable<Integer>) () -> NameLock.holding("name-lock-tests:1", () -> {
                                int now = holders.incrementAndGet();
                                Thread.yield();
                                holders.decrementAndGet();
                                return now;
                            }))
                    .toList());
            for (Future<Integer> one : most) {
                assertThat(one.get()).isEqualTo(1);
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void isFreeAgainAfterAFailure() {
        assertThatIllegalStateException()
                .isThrownBy(() -> NameLock.holding("name-lock-tests:2", () -> {
                    throw new IllegalStateException();
                }));

        assertThat(NameLock.holding("name-lock-tests:2", () -> "free")).isEqualTo("free");
    }
}
