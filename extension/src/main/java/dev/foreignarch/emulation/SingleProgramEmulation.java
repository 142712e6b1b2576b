package dev.foreignarch.emulation;

import static org.apiguardian.api.API.Status.INTERNAL;

import dev.foreignarch.arch.Architecture;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * What runs one program.
 *
 * @param ofEngine what the engine does by itself
 * @param verdict what is done for the program
 * @param emulator the emulator that has to be put before the command, if one has to
 * @param request what the user asked for
 */
@API(status = INTERNAL, since = "0.1")
public record SingleProgramEmulation(
        Verdict ofEngine, Verdict verdict, Optional<Emulator> emulator, EmulationRequest request) {

    /** Return the program's architecture. */
    public Architecture architecture() {
        return verdict.architecture();
    }
}
