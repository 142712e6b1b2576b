package dev.foreignarch.emulation;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import dev.foreignarch.arch.Architecture;
import java.util.Collection;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * What the kernel behind a container engine can run, and the way to make it run more.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public final class Emulation implements AutoCloseable {

    private Emulation() {}

    /** Return the emulation on the engine that Testcontainers finds, with the system properties' settings. */
    public static Emulation onDefaultEngine() {
        return new Emulation();
    }

    /**
     * Make sure that programs of an architecture run, if that can be done.
     *
     * @param architecture the architecture
     * @return what is known of it; never throws for an architecture that can't run
     */
    public Verdict prepare(Architecture architecture) {
        throw new UnsupportedOperationException(architecture.toString());
    }

    /**
     * Make sure that programs of several architectures run, with no more containers than for one.
     *
     * @param architectures the architectures
     * @return a verdict for each, in their order
     */
    public Map<Architecture, Verdict> prepare(Collection<Architecture> architectures) {
        throw new UnsupportedOperationException(architectures.toString());
    }

    @Override
    public void close() {}
}
