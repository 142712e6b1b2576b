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
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public record ProgramSettings(boolean traceSyscalls, OptionalInt gdbPort) {

    /**
     * What QEMU records of a program: {@code syscalls}, or {@code none} (the default). Value: {@value}.
     *
     * <p>The record of a failing test is published beside it.
     */
    public static final String TRACE = "foreignarch.trace";

    /**
     * Port, at the engine's host, where each program waits for a debugger before it starts: {@code gdb-multiarch} and
     * {@code target remote}. For one test at a time; there is no time limit then. Value: {@value}.
     */
    public static final String GDB_PORT = "foreignarch.gdb.port";

    /** The settings of somebody who wants to see nothing. */
    public static final ProgramSettings DEFAULT = new ProgramSettings(false, OptionalInt.empty());

    private static final int HIGHEST_PORT = 65_535;

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
                given.text(GDB_PORT).map(value -> OptionalInt.of(port(value))).orElseGet(OptionalInt::empty));
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
