package dev.foreignarch.program;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.util.Map;
import org.apiguardian.api.API;

/**
 * A signal that has ended a program.
 *
 * @param number its number in Linux, on all architectures but MIPS; there the emulator has translated it
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public record Signal(int number) {

    /** An instruction that the CPU doesn't have. */
    public static final Signal ILLEGAL_INSTRUCTION = new Signal(4);

    /** The program gave up by itself, as {@code abort} does. */
    public static final Signal ABORT = new Signal(6);

    /** An access to memory that is not aligned as the CPU wants it. */
    public static final Signal BUS_ERROR = new Signal(7);

    /** An arithmetic error, such as a division by zero. */
    public static final Signal ARITHMETIC = new Signal(8);

    /** Killed, without a chance to do anything about it. */
    public static final Signal KILL = new Signal(9);

    /** An access to memory that the program doesn't have. */
    public static final Signal SEGMENTATION_FAULT = new Signal(11);

    /** Asked to end. */
    public static final Signal TERMINATE = new Signal(15);

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(1, "SIGHUP, hangup"),
            Map.entry(2, "SIGINT, interrupt"),
            Map.entry(3, "SIGQUIT, quit"),
            Map.entry(4, "SIGILL, illegal instruction"),
            Map.entry(5, "SIGTRAP, trace trap"),
            Map.entry(6, "SIGABRT, abort"),
            Map.entry(7, "SIGBUS, bus error"),
            Map.entry(8, "SIGFPE, arithmetic error"),
            Map.entry(9, "SIGKILL, killed"),
            Map.entry(10, "SIGUSR1"),
            Map.entry(11, "SIGSEGV, segmentation fault"),
            Map.entry(12, "SIGUSR2"),
            Map.entry(13, "SIGPIPE, nobody reads its output"),
            Map.entry(14, "SIGALRM, alarm clock"),
            Map.entry(15, "SIGTERM, terminated"),
            Map.entry(31, "SIGSYS, bad system call"));

    /** Return number, name and meaning, for example {@code signal 4 (SIGILL, illegal instruction)}. */
    @Override
    public String toString() {
        String name = NAMES.get(number);
        return "signal " + number + (name == null ? "" : " (" + name + ")");
    }
}
