package dev.foreignarch.engine;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.io.Serial;
import org.apiguardian.api.API;

/** Thrown when a container of ForeignArch's own has ended before it did what it should; the message is what it printed. */
@API(status = INTERNAL, since = "0.1")
public final class ContainerEndedException extends EngineException {

    @Serial
    private static final long serialVersionUID = 1L;

    ContainerEndedException(String printed) {
        super(printed, null);
    }
}
