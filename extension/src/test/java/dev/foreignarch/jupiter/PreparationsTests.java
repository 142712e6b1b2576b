package dev.foreignarch.jupiter;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.emulation.EmulationRequest;
import dev.foreignarch.emulation.Verdict;
import dev.foreignarch.program.Program;
import dev.foreignarch.program.ProgramSpec;
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
import org.testcontainers.containers.GenericContainer;

/** Who waits for whom while architectures are prepared. */
@Timeout(30)
class PreparationsTests {

    private final SlowHost host = new SlowHost();
    private final Preparations preparations = new Preparations(host);
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
    private static final class SlowHost implements ForeignHost {

        private final List<Collection<Architecture>> asked = new CopyOnWriteArrayList<>();
        private volatile Consumer<Collection<Architecture>> work = architectures -> {};

        @Override
        public Map<Architecture, Verdict> prepare(Collection<Architecture> architectures) {
            asked.add(architectures);
            work.accept(architectures);
            return architectures.stream()
                    .collect(toMap(
                            architecture -> architecture,
                            architecture -> new Verdict.Emulated(architecture, "qemu", Optional.empty())));
        }

        @Override
        public Map<Architecture, Verdict> prepareSinglePrograms(Collection<Architecture> architectures) {
            return prepare(architectures);
        }

        @Override
        public GenericContainer<?> create(String image, Architecture architecture, EmulationRequest request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void bind(GenericContainer<?> container, Architecture architecture, EmulationRequest request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean bindDependency(
                GenericContainer<?> container, Architecture architecture, EmulationRequest request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void start(GenericContainer<?> container) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String log(GenericContainer<?> container) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String summary(GenericContainer<?> container) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Program program(ProgramSpec spec, Architecture architecture) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
