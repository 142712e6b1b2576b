package dev.foreignarch.emulation;

import static org.apiguardian.api.API.Status.INTERNAL;

import org.apiguardian.api.API;

/**
 * A static QEMU user-mode emulator.
 *
 * @param target the architecture that it emulates, in QEMU's words
 * @param content the program, for the engine's own architecture
 * @param origin where it was found, for people
 */
@API(status = INTERNAL, since = "0.1")
public record Emulator(String target, byte[] content, String origin) {

    /**
     * Where the emulators are that we register. The kernel's table shows it, which tells our handlers from those of other
     * tools: the only memory of them that lasts as long as they do.
     */
    static final String FOLDER = "/foreignarch/";

    /** Return the path that the kernel's table shows. The file has the same name as everywhere. */
    String path() {
        return FOLDER + "qemu-" + target + "-static";
    }
}
