package dev.foreignarch.emulation;

import java.io.Serial;

/** Thrown when no emulator for an architecture is to be had. The message says where it was looked for. */
final class EmulatorNotFoundException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    EmulatorNotFoundException(String message) {
        super(message);
    }
}
