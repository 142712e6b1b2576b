package dev.foreignarch.emulation;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.engine.Engine;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The emulators that were looked for. Each is looked for once, with whatever result: it may take a pull of an image. */
final class Emulators {

    private final QemuSource source;
    private final ConcurrentMap<Architecture, Found> known = new ConcurrentHashMap<>();

    Emulators(Engine engine, EmulationSettings settings) {
        this.source = new QemuSource(engine, settings);
    }

    /**
     * Return the emulator of an architecture.
     *
     * @throws EmulatorNotFoundException if there is none; the message says where it was looked for
     */
    Emulator find(Architecture architecture) {
        return lookedFor(architecture).orThrow();
    }

    /** Look for the emulator of an architecture now, so that it need not be looked for later. */
    void lookAhead(Architecture architecture) {
        lookedFor(architecture);
    }

    private Found lookedFor(Architecture architecture) {
        return known.computeIfAbsent(architecture, this::search);
    }

    private Found search(Architecture architecture) {
        try {
            return new Found(Optional.of(source.find(architecture)), "");
        } catch (EmulatorNotFoundException notFound) {
            return new Found(Optional.empty(), String.valueOf(notFound.getMessage()));
        }
    }

    private record Found(Optional<Emulator> emulator, String failure) {

        Emulator orThrow() {
            return emulator.orElseThrow(() -> new EmulatorNotFoundException(failure));
        }
    }
}
