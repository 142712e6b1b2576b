package dev.foreignarch.bench;

import dev.foreignarch.jupiter.ForeignArch;
import java.lang.management.ManagementFactory;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherFactory;

/** A session of many cells, that says how many bytes of objects are alive after 100 and after 1,000 of them. */
final class Memory {

    private static final int RUNS = 10;

    private Memory() {}

    /** Print {@code early} and {@code late}, each with a number of bytes. */
    public static void main(String[] arguments) throws InterruptedException {
        try (LauncherSession session = LauncherFactory.openSession()) {
            hundredCells(session);
            System.out.println("early " + alive());
            for (int run = 1; run < RUNS; run++) {
                hundredCells(session);
            }
            System.out.println("late " + alive());
        }
    }

    private static void hundredCells(LauncherSession session) {
        long passed = TestRun.in(session, Map.of(), Cells.class.getName());
        if (passed != 100) {
            throw new IllegalStateException(passed + " cells passed");
        }
    }

    private static long alive() throws InterruptedException {
        for (int time = 0; time < 3; time++) {
            System.gc();
            Thread.sleep(200);
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @ForeignArch({"s390x", "arm64v8"})
    static class Cells {

        @RepeatedTest(50)
        void isOneOfMany() {
            Assertions.assertNotNull(Thread.currentThread());
        }
    }
}
