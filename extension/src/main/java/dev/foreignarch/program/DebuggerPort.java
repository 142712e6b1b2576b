package dev.foreignarch.program;

import org.jspecify.annotations.Nullable;

/** The port where a program waits for a debugger. There is room for one program at a time. */
final class DebuggerPort {

    private final int number;
    private @Nullable Program waiting;

    DebuggerPort(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    /**
     * Let a program have the port until {@link #release}.
     *
     * @throws ProgramException if a program has it
     */
    synchronized void take(Program program) {
        if (waiting != null) {
            throw new ProgramException(program + " can't wait for a debugger at port " + number + " ("
                    + ProgramSettings.GDB_PORT + "), since " + waiting + " has the port until it ends."
                    + " Run one test at a time, and in it one program after the other.");
        }
        waiting = program;
    }

    synchronized void release() {
        waiting = null;
    }
}
