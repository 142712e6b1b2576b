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
    /** Register an emulator for an architecture that does not run, and leave it registered. Touch no other handler. */
    AUTO,

    /** Write nothing. An architecture that does not run is unavailable. */
    NEVER,

    /** Register like {@link #AUTO}, and remove what was registered when no JVM needs it anymore. */
    TEMPORARY,

    /**
     * Register like {@link #AUTO}, but first switch on handlers that are switched off, and remove those that don't work.
     * Only handlers of QEMU are touched.
     */
    REPAIR
}
