package dev.foreignarch.emulation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;

import dev.foreignarch.engine.EngineFacts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Chooses the flags that emulators are registered with.
 *
 * <p>F: the kernel opens the emulator at once, so that it works in containers that lack it. C: programs like sudo get the
 * rights of their owner. P: a program sees the name that it was called by, if kernel and emulator both know how.
 */
final class EmulatorFlags {

    /** What every emulator understands. */
    static final String BASIC = "CF";

    private static final String WITH_NAME = "PCF";

    private final EngineFacts facts;
    private final SharedContainer container;

    /** Choose for an engine, and for emulators that are in a container. */
    EmulatorFlags(EngineFacts facts, SharedContainer container) {
        this.facts = facts;
        this.container = container;
    }

    /** Return the flags of each emulator, by its target. */
    Map<String, String> choose(Collection<Emulator> emulators) {
        if (!facts.kernelAtLeast(5, 12)) {
            return emulators.stream().collect(toMap(Emulator::target, any -> BASIC));
        }
        Map<String, String> versions = versions(emulators);
        return emulators.stream()
                .collect(toMap(
                        Emulator::target,
                        emulator ->
                                QemuVersion.major(versions.getOrDefault(emulator.path(), "")) >= Handler.FIRST_TO_KNOW_P
                                        ? WITH_NAME
                                        : BASIC));
    }

    /** Most emulators need not be run for that: their text says it. */
    private Map<String, String> versions(Collection<Emulator> emulators) {
        Map<String, String> written = emulators.stream()
                .flatMap(emulator -> QemuVersion.writtenIn(emulator).map(it -> Map.entry(emulator.path(), it)).stream())
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
        return written.size() == emulators.size() ? written : asked(emulators);
    }

    private Map<String, String> asked(Collection<Emulator> emulators) {
        List<String> command = new ArrayList<>(List.of(HelperImage.HELPER, "version"));
        emulators.forEach(emulator -> command.add(emulator.path()));
        return parse(new String(container.run(command), UTF_8));
    }

    static Map<String, String> parse(String output) {
        Map<String, String> versions = new HashMap<>();
        String emulator = "";
        for (String line : output.lines().toList()) {
            if (line.startsWith("emulator ")) {
                emulator = line.substring("emulator ".length());
            } else if (line.startsWith("version ")) {
                versions.put(emulator, line.substring("version ".length()));
            }
        }
        return versions;
    }
}
