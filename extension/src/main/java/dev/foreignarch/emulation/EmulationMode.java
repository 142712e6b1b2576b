package dev.foreignarch.emulation;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import org.apiguardian.api.API;

/**
 * How a program, or the program that a container starts with, is emulated.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public enum EmulationMode {
    /**
     * By the kernel's handler, which emulates the programs that it starts too; {@link #EXPLICIT} where there is none and
     * none can be registered. Nothing is emulated where the processor has the architecture.
     */
    AUTOMATIC,

    /**
     * Always by an emulator that is put before the command, as in {@code qemu-arm ./program}. It needs no handler and no
     * privilege. Foreign programs that the program starts in its turn are not emulated by it.
     */
    EXPLICIT
}
