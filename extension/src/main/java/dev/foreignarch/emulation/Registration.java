package dev.foreignarch.emulation;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import org.apiguardian.api.API;

/**
 * Whether ForeignArch may write to the kernel's table of handlers when an architecture does not run.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public enum Registration {
    /**
     * Register an emulator for an architecture that does not run, and leave it registered. Touch no other handler. On an
     * engine in a user namespace, as all rootless ones are, nothing is registered: see {@link #NAMESPACE}.
     */
    AUTO,

    /** Write nothing. An architecture that does not run is unavailable. */
    NEVER,

    /** Register like {@link #AUTO}, and remove what was registered when no JVM needs it anymore. */
    TEMPORARY,

    /**
     * Register like {@link #AUTO}, but first switch on handlers that are switched off, and remove those that don't work.
     * Only handlers of QEMU are touched.
     */
    REPAIR,

    /**
     * Register like {@link #AUTO}, and on an engine in a user namespace (a rootless one, for example) in a table that is
     * that namespace's own. What is registered there goes away when no JVM needs it anymore. But that the namespace has a
     * table remains: from then on the engine does not see handlers of the machine around it, present or future ones, until
     * it is restarted. So this does nothing where the engine runs any with such a handler.
     */
    NAMESPACE
}
