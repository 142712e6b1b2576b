package dev.foreignarch.emulation;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.io.Serial;
import org.apiguardian.api.API;

/** Thrown when no emulator for an architecture is to be had. The message says where it was looked for. */
@API(status = INTERNAL, since = "0.1")
public final class EmulatorNotFoundException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    EmulatorNotFoundException(String message) {
        super(message);
    }
}
