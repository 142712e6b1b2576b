package dev.foreignarch.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TagLockTests {

    @ParameterizedTest
    @ValueSource(
            strings = {"redis:7", "library/redis:7", "docker.io/library/redis:7", "index.docker.io/library/redis:7"})
    void anOfficialImageHasOneNameOnly(String name) {
        assertThat(TagLock.familiar(name)).isEqualTo("redis:7");
    }

    @Test
    void otherNamesStayAsTheyAre() {
        assertThat(TagLock.familiar("docker.io/team/app:1")).isEqualTo("team/app:1");
        assertThat(TagLock.familiar("ghcr.io/library/app:1")).isEqualTo("ghcr.io/library/app:1");
    }

    @Test
    void isHeldByOneThreadAtATime() throws Exception {
        AtomicInteger holders = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Integer>> most = threads.invokeAll(IntStream.range(0, 64)
                    .mapToObj(it ->
                            (java.util.concurrent.Callable<Integer>) () -> TagLock.holding("tag-lock-tests:1", () -> {
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
                .isThrownBy(() -> TagLock.holding("tag-lock-tests:2", () -> {
                    throw new IllegalStateException();
                }));

        assertThat(TagLock.holding("tag-lock-tests:2", () -> "free")).isEqualTo("free");
    }
}
