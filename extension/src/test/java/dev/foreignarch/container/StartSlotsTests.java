package dev.foreignarch.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.testcontainers.containers.ContainerLaunchException;

class StartSlotsTests {

    @ParameterizedTest(name = "{0} processors and {1} MiB: {2}")
    @CsvSource({"2, 8192, 4", "16, 4096, 8", "1, 100, 1", "4, 0, 8"})
    void suitProcessorsAndMemory(int processors, long mebibytes, int number) {
        assertThat(StartSlots.defaultNumber(processors, mebibytes << 20)).isEqualTo(number);
    }

    @Test
    void theNextStartsWhenOneIsDone() throws Exception {
        StartSlots slots = new StartSlots(2);
        StartSlots.Slot first = slots.take("redis:7");
        slots.take("redis:7");

        CompletableFuture<StartSlots.Slot> third = CompletableFuture.supplyAsync(() -> slots.take("redis:7"));

        assertThat(third).isNotCompleted();
        first.close();
        assertThat(third.get(10, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void whoeverIsInterruptedWaitsNoLonger() {
        StartSlots slots = new StartSlots(1);
        slots.take("redis:7");
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(ContainerLaunchException.class)
                .isThrownBy(() -> slots.take("redis:7"))
                .withMessage("Waiting for other containers to start was interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }
}
