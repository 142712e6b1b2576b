package dev.foreignarch.emulation;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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

    /** Return the SHA-256 of the program, in hexadecimal. */
    String digest() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
