package dev.foreignarch.engine;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.io.Serial;
import java.util.OptionalLong;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** Thrown when a container of ForeignArch's own has ended before it did what it should; the message is what it printed. */
@API(status = INTERNAL, since = "0.1")
public final class ContainerEndedException extends EngineException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final @Nullable Long exitCode;

    ContainerEndedException(String printed, @Nullable Long exitCode) {
        super(printed, null);
        this.exitCode = exitCode;
    }

    /** Return the container's exit code, if the engine still knows the container. */
    public OptionalLong exitCode() {
        return exitCode == null ? OptionalLong.empty() : OptionalLong.of(exitCode);
    }

    /** Return whether the container ended as if all were well, but nothing of what it printed has arrived. */
    boolean isMute() {
        return exitCode().equals(OptionalLong.of(0))
                && String.valueOf(getMessage()).isEmpty();
    }
}
