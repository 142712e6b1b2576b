package dev.foreignarch.emulation;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.engine.Engine;
import dev.foreignarch.engine.HelperProgram;
import dev.foreignarch.engine.ScratchImage;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;

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

    /** See to it that the engine has the image, and return the image's name. */
    static String on(Engine engine) {
        Map<String, byte[]> files = files(engine);
        String name = REPOSITORY + ":" + checksum(files);
        // No labels: containers inherit an image's, and those that JVMs share must not be cleaned up with the first.
        engine.keep(new ScratchImage(name, engine.facts().architecture().platform(), files, Map.of()));
        return name;
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
    private static String checksum(Map<String, byte[]> files) {
        CRC32 checksum = new CRC32();
        files.forEach((path, content) -> {
            checksum.update(path.getBytes(StandardCharsets.UTF_8));
            checksum.update(content);
        });
        return "%08x".formatted(checksum.getValue());
    }
}
