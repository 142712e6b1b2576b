package dev.foreignarch.emulation;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.io.Serial;
import org.apiguardian.api.API;

/**
 * Thrown when an architecture is needed that the engine can't run. The message is that of the {@link #diagnosis()}.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public final class ArchitectureUnavailableException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Diagnosis diagnosis;

    /**
     * Make an exception of a diagnosis.
     *
     * @param diagnosis what is wrong
     */
    public ArchitectureUnavailableException(Diagnosis diagnosis) {
        super(diagnosis.message());
        this.diagnosis = diagnosis;
    }

    /** Return what is wrong, in its parts. */
    public Diagnosis diagnosis() {
        return diagnosis;
    }
}
