package dev.foreignarch.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.HostConfig;
import dev.foreignarch.arch.Architecture;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.testcontainers.containers.GenericContainer;

/** Classes and architectures at the same time, on a real engine. */
@Tag("engine")
class ParallelismTests {

    private static final AtomicInteger STARTING = new AtomicInteger();
    private static final AtomicInteger MOST = new AtomicInteger();
    private static final Queue<String> MACHINES = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void forget() {
        MOST.set(0);
        MACHINES.clear();
    }

    @Test
    void noMoreContainersStartAtOnceThanAllowed() {
        run(2).testEvents().assertStatistics(events -> events.started(9).succeeded(9));

        assertThat(MOST).hasValueBetween(1, 2);
        assertThat(MACHINES)
                .containsExactlyInAnyOrder(
                        "s390x", "s390x", "s390x", "armv7l", "armv7l", "armv7l", "aarch64", "aarch64", "aarch64");
    }

    @Test
    void moreThanOneStartAtOnceWhenThatIsAllowed() {
        run(6).testEvents().assertStatistics(events -> events.started(9).succeeded(9));

        assertThat(MOST).hasValueGreaterThan(1);
    }

    private static EngineExecutionResults run(int parallelism) {
        return EngineTestKit.engine("junit-jupiter")
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "6")
                .configurationParameter("junit.jupiter.execution.parallel.mode.classes.default", "concurrent")
                .configurationParameter(ForeignArchParameters.PARALLELISM, Integer.toString(parallelism))
                .selectors(selectClass(OneTestCase.class), selectClass(TwoTestCase.class))
                .execute();
    }

    @ForeignArch({"s390x", "arm32v7", "arm64v8"})
    @Execution(ExecutionMode.CONCURRENT)
    static class OneTestCase {
        @ForeignContainer
        GenericContainer<?> box = new CountedContainer();

        @Test
        void test(Architecture architecture) throws Exception {
            MACHINES.add(box.execInContainer("uname", "-m").getStdout().strip());
        }
    }

    @ForeignArch({"s390x", "arm32v7", "arm64v8"})
    @Execution(ExecutionMode.CONCURRENT)
    static class TwoTestCase {
        @ForeignContainer
        GenericContainer<?> box = new CountedContainer();

        @Test
        void keepsItsBounds() throws Exception {
            HostConfig host = box.getContainerInfo().getHostConfig();
            assertThat(host.getMemory()).isEqualTo(64L << 20);
            assertThat(host.getNanoCPUs()).isEqualTo(500_000_000L);
            MACHINES.add(box.execInContainer("uname", "-m").getStdout().strip());
        }

        @Test
        void another() throws Exception {
            MACHINES.add(box.execInContainer("uname", "-m").getStdout().strip());
        }
    }

    /** Counts from the moment that the engine has it until it is up. */
    static final class CountedContainer extends GenericContainer<CountedContainer> {
        CountedContainer() {
            super("busybox:1.36");
            withCommand("sleep", "600");
            withCreateContainerCmdModifier(
                    create -> create.getHostConfig().withMemory(64L << 20).withNanoCPUs(500_000_000L));
        }

        @Override
        protected void containerIsCreated(String id) {
            MOST.accumulateAndGet(STARTING.incrementAndGet(), Math::max);
        }

        @Override
        protected void containerIsStarted(InspectContainerResponse info) {
            STARTING.decrementAndGet();
        }
    }
}
