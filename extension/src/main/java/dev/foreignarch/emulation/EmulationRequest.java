package dev.foreignarch.emulation;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.util.Optional;
import org.apiguardian.api.API;

/**
 * What a user asks of the emulation of one program or container.
 *
 * @param mode how it is emulated
 * @param cpu model of the CPU, in QEMU's words, if it matters
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public record EmulationRequest(EmulationMode mode, Optional<String> cpu) {

    /** Whatever serves, with QEMU's usual CPU. */
    public static final EmulationRequest DEFAULT = new EmulationRequest(EmulationMode.AUTOMATIC, Optional.empty());

    /**
     * Ask for a way to be emulated.
     *
     * @param mode how
     */
    public EmulationRequest withMode(EmulationMode mode) {
        return new EmulationRequest(mode, cpu);
    }

    /**
     * Ask for a model of the CPU. It is emulated even where the processor itself has the architecture.
     *
     * @param cpu a model that QEMU knows, for example {@code arm1176}
     */
    public EmulationRequest withCpu(String cpu) {
        return new EmulationRequest(mode, Optional.of(cpu));
    }

    /** Return whether an emulator has to be put before the command, seen what the engine itself does. */
    boolean needsEmulatorBeforeCommand(Verdict verdict) {
        return mode == EmulationMode.EXPLICIT || !verdict.available() || (cpu.isPresent() && !verdict.isByQemu());
    }
}
