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
    /** Register an emulator for an architecture that does not run. Existing handlers are left alone. */
    AUTO,

    /** Write nothing. An architecture that does not run is unavailable. */
    NEVER
}
