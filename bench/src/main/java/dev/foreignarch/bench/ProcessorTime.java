package dev.foreignarch.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/** What all processors of this machine have worked: for this JVM, the engine and the containers alike. */
final class ProcessorTime {

    private static final Path COUNTERS = Path.of("/proc/stat");
    private static final int TICKS_PER_SECOND = 100;

    /** A line begins with "cpu", and times of user, nice, system, idle, waiting, irq and softirq: proc_stat(5). */
    private static final int[] AT_WORK = {1, 2, 3, 6, 7};

    private ProcessorTime() {}

    /** Return how long the processors worked while something was done. */
    static Duration of(Comparison.Contender contender) throws Exception {
        Duration before = sinceBoot();
        contender.once();
        return sinceBoot().minus(before);
    }

    private static Duration sinceBoot() throws IOException {
        String[] counters = Files.readAllLines(COUNTERS).get(0).split(" +");
        long ticks = Arrays.stream(AT_WORK)
                .mapToLong(index -> Long.parseLong(counters[index]))
                .sum();
        return Duration.ofMillis(ticks * 1000 / TICKS_PER_SECOND);
    }
}
