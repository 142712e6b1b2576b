package dev.foreignarch.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.test;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.testcontainers.containers.GenericContainer;

/** What a test learns of what was seen to run in its containers. */
class LookedAtContainerTests {

    @Test
    void whatWasSeenIsMarked() {
        FakeHost host = new FakeHost();
        EngineExecutionResults results = host.observing("/bin/tool natively (seen after the start)")
                .lookingBeforeStop(() -> host.observing("/bin/other natively (seen before the stop)"))
                .run(OwnContainerTestCase.class);

        assertThat(results.testEvents().succeeded().count()).isOne();
        assertThat(marks(results))
                .containsExactly("container of field redis: ran /bin/tool natively (seen after the start)\n"
                        + "container of field redis: ran /bin/other natively (seen before the stop)");
    }

    @Test
    void aContainerIsLookedAtOnceBeforeItIsStopped() {
        AtomicInteger looks = new AtomicInteger();
        new FakeHost().lookingBeforeStop(looks::incrementAndGet).run(OwnContainerTestCase.class);

        assertThat(looks).hasValue(1);
    }

    @Test
    void soIsOneThatTestsShare() {
        AtomicInteger looks = new AtomicInteger();
        new FakeHost().lookingBeforeStop(looks::incrementAndGet).run(SharedContainerTestCase.class);

        assertThat(looks).hasValue(1);
    }

    @Test
    void aTestFailsWhoseContainerRunsNothingOfItsArchitecture() {
        EngineExecutionResults results = new FakeHost()
                .lookingBeforeStop(() -> {
                    throw new IllegalStateException("redis:7 does not run on arm32v7");
                })
                .run(OwnContainerTestCase.class);

        results.testEvents()
                .assertThatEvents()
                .haveExactly(1, event(test(), finishedWithFailure(message("redis:7 does not run on arm32v7"))));
    }

    private static List<String> marks(EngineExecutionResults results) {
        return results.allEvents().reportingEntryPublished().stream()
                .map(event -> event.getRequiredPayload(ReportEntry.class)
                        .getKeyValuePairs()
                        .get(ReportKeys.MARKS))
                .flatMap(marks -> Optional.ofNullable(marks).stream())
                .toList();
    }

    @ExtendWith(FakeHost.Installation.class)
    @ForeignArch("arm32v7")
    static class OwnContainerTestCase {

        @ForeignContainer("redis:7")
        GenericContainer<?> redis;

        @Test
        void runs() {
            assertThat(redis).isNotNull();
        }
    }

    @ExtendWith(FakeHost.Installation.class)
    @ForeignArch("arm32v7")
    static class SharedContainerTestCase {

        @ForeignContainer("redis:7")
        static GenericContainer<?> redis;

        @Test
        void one() {
            assertThat(redis).isNotNull();
        }

        @Test
        void other() {
            assertThat(redis).isNotNull();
        }
    }
}
