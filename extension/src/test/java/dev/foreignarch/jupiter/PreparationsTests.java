package dev.foreignarch.jupiter;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.emulation.Verdict;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who waits for whom while architectures are prepared. */
@Timeout(30)
class PreparationsTests {

    private final SlowHost host = new SlowHost();
    private final Preparations preparations = new Preparations(host.asHost());
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch pulled = new CountDownLatch(1);

    @Test
    void an_architecture_that_is_ready_does_not_wait_for_another_one() throws Exception {
        CompletableFuture<Preparation> slow = beginSlowly();

        assertThat(preparations.of(Architecture.ARM32V7).isSuccess()).isTrue();
        assertThat(slow).isNotDone();

        pulled.countDown();
        assertThat(slow.get().isSuccess()).isTrue();
    }

    @Test
    void an_architecture_that_is_being_prepared_is_not_asked_for_again() throws Exception {
        CompletableFuture<Preparation> slow = beginSlowly();
        CompletableFuture<Preparation> second =
                CompletableFuture.supplyAsync(() -> preparations.of(Architecture.S390X));
        assertThat(second).isNotDone();

        pulled.countDown();

        assertThat(second.get()).isSameAs(slow.get());
        assertThat(host.asked).containsExactly(List.of(Architecture.S390X));
    }

    @Test
    void who_waits_asks_for_himself_when_the_other_one_is_cut_off() throws Exception {
        Thread first = new Thread(() -> preparations.of(Architecture.S390X));
        host.work = architectures -> {
            asked.countDown();
            awaitPull();
        };
        first.start();
        asked.await();
        CompletableFuture<Preparation> second =
                CompletableFuture.supplyAsync(() -> preparations.of(Architecture.S390X));
        host.work = architectures -> {};

        first.interrupt();

        assertThat(second.get().isSuccess()).isTrue();
        first.join(Duration.ofSeconds(10).toMillis());
        assertThat(first.isAlive()).isFalse();
    }

    @Test
    void an_error_leaves_nobody_waiting() {
        OutOfMemoryError error = new OutOfMemoryError("a test's own");
        host.work = architectures -> {
            throw error;
        };
        assertThatThrownBy(() -> preparations.of(Architecture.S390X)).isSameAs(error);
        host.work = architectures -> {};

        assertThat(preparations.of(Architecture.S390X).isSuccess()).isTrue();
    }

    private CompletableFuture<Preparation> beginSlowly() throws InterruptedException {
        host.work = architectures -> {
            if (architectures.contains(Architecture.S390X)) {
                asked.countDown();
                awaitPull();
            }
        };
        CompletableFuture<Preparation> slow = CompletableFuture.supplyAsync(() -> preparations.of(Architecture.S390X));
        asked.await();
        return slow;
    }

    private void awaitPull() {
        try {
            if (!pulled.await(20, TimeUnit.SECONDS)) {
                throw new AssertionError("nobody lets the pull end");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** A host on which everything runs, after some work. */
    private static final class SlowHost {

        private final List<Collection<Architecture>> asked = new CopyOnWriteArrayList<>();
        private volatile Consumer<Collection<Architecture>> work = architectures -> {};

        /** Only what is asked here is answered, whatever else there is to ask. */
        ForeignHost asHost() {
            return (ForeignHost) Proxy.newProxyInstance(
                    ForeignHost.class.getClassLoader(),
                    new Class<?>[] {ForeignHost.class},
                    (self, method, arguments) -> {
                        if (!method.getName().equals("prepare")) {
                            throw new UnsupportedOperationException(method.getName());
                        }
                        return prepare((Collection<?>) arguments[0]);
                    });
        }

        private Map<Architecture, Verdict> prepare(Collection<?> names) {
            List<Architecture> architectures =
                    names.stream().map(Architecture.class::cast).toList();
            asked.add(architectures);
            work.accept(architectures);
            return architectures.stream()
                    .collect(toMap(
                            architecture -> architecture,
                            architecture -> new Verdict.Emulated(architecture, "qemu", Optional.empty())));
        }
    }
}
