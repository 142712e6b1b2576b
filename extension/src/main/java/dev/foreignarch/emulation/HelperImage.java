package dev.foreignarch.emulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.engine.Engine;
import dev.foreignarch.engine.HelperProgram;
import dev.foreignarch.engine.ScratchImage;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * The image that ForeignArch's own containers run: the helper and the probes. The engine keeps it, a few kilobytes, so
 * that the next JVM need not bring it again.
 */
final class HelperImage {

    /** Path of {@link HelperProgram} in the image. */
    static final String HELPER = "/foreignarch/helper";

    /** Empty directory in the image, for the kernel's table. */
    static final String TABLE = "/binfmt_misc";

    /** Empty directory in the image, for the names of handlers that go away at last. */
    static final String NOTES = "/notes";

    /** No registry serves this name, so the engine never asks one. */
    private static final String REPOSITORY = "foreignarch.local/helper";

    private HelperImage() {}

    /** Return the path of an architecture's probe in the image. */
    static String probe(Architecture architecture) {
        return "/foreignarch/probe-" + architecture.qemuTarget();
    }

    /**
     * See to it that the engine has the image, and return the image's ID. Containers are made of the ID: one of them may
     * have all privileges, and a name can be given to any image.
     */
    static String on(Engine engine) {
        return engine.keep(of(engine));
    }

    /** Return the name by which the engine keeps the image. */
    static String name(Engine engine) {
        return of(engine).name();
    }

    private static ScratchImage of(Engine engine) {
        Map<String, byte[]> files = files(engine);
        // No labels: containers inherit an image's, and those that JVMs share must not be cleaned up with the first.
        return new ScratchImage(
                REPOSITORY + ":" + digest(files), engine.facts().architecture().platform(), files, Map.of());
    }

    private static Map<String, byte[]> files(Engine engine) {
        Map<String, byte[]> files = new TreeMap<>();
        files.put(HELPER, HelperProgram.forHost(engine.facts().architecture()));
        files.put(TABLE + "/", new byte[0]);
        files.put(NOTES + "/", new byte[0]);
        for (Architecture architecture : Architecture.values()) {
            files.put(probe(architecture), ProbeProgram.of(architecture));
        }
        return files;
    }

    /** Tells the images of ForeignArch's versions apart. */
    private static String digest(Map<String, byte[]> files) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            files.forEach((path, content) -> {
                digest.update((path + " " + content.length + "\n").getBytes(UTF_8));
                digest.update(content);
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
