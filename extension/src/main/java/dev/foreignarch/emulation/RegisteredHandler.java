package dev.foreignarch.emulation;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import org.apiguardian.api.API;

/**
 * The entry of the kernel's table that runs an architecture's programs.
 *
 * @param name name of the entry, for example {@code qemu-arm}
 * @param interpreter path of the emulator, as it was registered
 * @param flags flags as the kernel shows them, for example {@code POCF}
 * @param ours whether ForeignArch has registered it
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public record RegisteredHandler(String name, String interpreter, String flags, boolean ours) {

    static RegisteredHandler of(Handler handler) {
        return new RegisteredHandler(handler.name(), handler.interpreter(), handler.flags(), handler.isOurs());
    }
}
