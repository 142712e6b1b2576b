package dev.foreignarch.emulation;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.engine.Engine;
import dev.foreignarch.engine.LoadedImage;
import dev.foreignarch.engine.ScratchImage;
import dev.foreignarch.engine.Session;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** The image that ForeignArch's own containers run: the helper, probes, and emulators where they are needed. */
final class HelperImage {

    /** Path of {@link HelperProgram} in the image. */
    static final String HELPER = "/foreignarch/helper";

    /** Empty directory in the image, for the kernel's table. */
    static final String TABLE = "/binfmt_misc";

    /** No registry serves this name, so the engine never asks one. */
    private static final String REPOSITORY = "foreignarch.local/helper";

    private HelperImage() {}

    /** Return the path of an architecture's probe in the image. */
    static String probe(Architecture architecture) {
        return "/foreignarch/probe-" + architecture.qemuTarget();
    }

    /** Bring the image with these probes and emulators onto an engine. */
    static LoadedImage load(Engine engine, Collection<Architecture> probes, Collection<Emulator> emulators) {
        Architecture host = engine.facts().architecture();
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(HELPER, HelperProgram.forHost(host));
        files.put(TABLE + "/", new byte[0]);
        probes.forEach(architecture -> files.put(probe(architecture), ProbeProgram.of(architecture)));
        emulators.forEach(emulator -> files.put(emulator.path(), emulator.content()));
        String name = REPOSITORY + ":" + UUID.randomUUID();
        // Containers inherit an image's labels, and those that JVMs share must not be cleaned up with the first of
        // them.
        return engine.load(
                new ScratchImage(name, host.platform(), files, Session.current().label()));
    }
}
