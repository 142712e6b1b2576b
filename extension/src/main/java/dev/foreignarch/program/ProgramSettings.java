package dev.foreignarch.program;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import dev.foreignarch.settings.GivenSettings;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.apiguardian.api.API;

/**
 * What the user wants to see of programs.
 *
 * @param traceSyscalls whether QEMU records the system calls of programs
 * @param gdbPort port at which a program waits for a debugger before it starts, if one is wanted
 * @param mostOutput how many bytes a run may write to its standard output, and to its standard error
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public record ProgramSettings(boolean traceSyscalls, OptionalInt gdbPort, int mostOutput) {

    /**
     * What QEMU records of a program: {@code syscalls}, or {@code none} (the default). Value: {@value}.
     *
     * <p>The record of a failing test is published beside it.
     */
    public static final String TRACE = "foreignarch.trace";

    /**
     * Port, at the engine's host, where each program waits for a debugger before it starts: {@code gdb-multiarch} and
     * {@code target remote}. For one program at a time, on one architecture; there is no time limit then. Value: {@value}.
     *
     * <p>Whoever reaches the port can run any code in the program's container, so only the engine's host reaches it, by
     * its loopback address.
     */
    public static final String GDB_PORT = "foreignarch.gdb.port";

    /**
     * How much a run may write to its standard output, and as much again to its standard error, in MiB: from 1 to 1024;
     * 16 by default. A program that writes more is killed, and its run fails. Value: {@value}.
     *
     * <p>All of it is kept in this JVM's memory. What a program writes to files is not limited.
     */
    public static final String OUTPUT = "foreignarch.program.output";

    private static final int MEBIBYTE = 1 << 20;
    private static final int DEFAULT_OUTPUT = 16 * MEBIBYTE;
    private static final int MOST_MEBIBYTES = 1024;
    private static final int HIGHEST_PORT = 65_535;

    /** What counts where nothing is set. */
    public static final ProgramSettings DEFAULT = new ProgramSettings(false, OptionalInt.empty(), DEFAULT_OUTPUT);

    /**
     * Read the settings.
     *
     * @param parameters gives the value for a name, if there is one
     * @return the settings
     * @throws IllegalArgumentException if a value is not allowed; the message says which are
     */
    public static ProgramSettings read(Function<String, Optional<String>> parameters) {
        GivenSettings given = new GivenSettings(parameters);
        return new ProgramSettings(
                given.word(TRACE, "syscalls", "none").filter("syscalls"::equals).isPresent(),
                given.text(GDB_PORT).map(value -> OptionalInt.of(port(value))).orElseGet(OptionalInt::empty),
                given.text(OUTPUT).map(ProgramSettings::mostOutput).orElse(DEFAULT_OUTPUT));
    }

    private static int mostOutput(String value) {
        int mebibytes = value.matches("\\d{1,4}") ? Integer.parseInt(value) : 0;
        if (mebibytes < 1 || mebibytes > MOST_MEBIBYTES) {
            throw new IllegalArgumentException(OUTPUT + " is '" + value + "', but a program may write from 1 to "
                    + MOST_MEBIBYTES + " MiB. Write a number such as 64.");
        }
        return mebibytes * MEBIBYTE;
    }

    private static int port(String value) {
        int port = value.matches("\\d{1,5}") ? Integer.parseInt(value) : 0;
        if (port < 1 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException(
                    GDB_PORT + " is '" + value + "', but a port is a number from 1 to " + HIGHEST_PORT + ".");
        }
        return port;
    }
}
