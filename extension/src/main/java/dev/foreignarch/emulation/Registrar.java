package dev.foreignarch.emulation;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.engine.ContainerSpec;
import dev.foreignarch.engine.Engine;
import dev.foreignarch.engine.LoadedImage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Registers emulators with an engine's kernel, with the least privilege that can work. */
final class Registrar implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Registrar.class);
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Engine engine;

    private @Nullable TableHolder holder;

    Registrar(Engine engine) {
        this.engine = engine;
    }

    /**
     * Register emulators.
     *
     * @param state whether the engine's host has mounted the table
     * @return the kernel's answer for each architecture: 0, or an error number
     */
    Map<Architecture, Integer> register(Map<Architecture, Emulator> emulators, HandlerTable.State state) {
        List<Architecture> architectures = List.copyOf(emulators.keySet());
        try (LoadedImage image = HelperImage.load(engine, List.of(), emulators.values())) {
            List<Handler> handlers = architectures.stream()
                    .map(architecture -> Handler.of(
                            architecture, Emulator.path(architecture), flags(image, emulators.get(architecture))))
                    .toList();
            List<Integer> answers = state == HandlerTable.State.MOUNTED
                    ? new KernelTable(engine, image).register(handlers)
                    : holder(image).register(handlers, new ArrayList<>(emulators.values()));
            Map<Architecture, Integer> result = new LinkedHashMap<>();
            IntStream.range(0, answers.size()).forEach(index -> {
                result.put(architectures.get(index), answers.get(index));
                if (answers.get(index) == 0) {
                    LOG.info(
                            "Registered {} on {} (from {})",
                            handlers.get(index).name(),
                            engine.facts(),
                            emulators.get(architectures.get(index)).origin());
                }
            });
            return result;
        }
    }

    private TableHolder holder(LoadedImage image) {
        TableHolder open = holder;
        if (open == null) {
            open = TableHolder.start(engine, image);
            holder = open;
        }
        return open;
    }

    /**
     * F: the kernel opens the emulator now, so it works in containers that lack it. C: programs like sudo keep the owner
     * that they are given. P: a program sees the name that it was called by, if kernel and emulator both know how.
     */
    private String flags(LoadedImage image, @Nullable Emulator emulator) {
        return engine.facts().kernelAtLeast(5, 12) && knowsOwnName(image, emulator) ? "PCF" : "CF";
    }

    private boolean knowsOwnName(LoadedImage image, @Nullable Emulator emulator) {
        if (emulator == null) {
            return false;
        }
        ContainerSpec spec = ContainerSpec.of(image.name(), List.of(emulator.path(), "--version"));
        return QemuVersion.major(engine.run(spec, LIMIT).text()) >= 6;
    }

    @Override
    public void close() {
        Optional.ofNullable(holder).ifPresent(TableHolder::close);
        holder = null;
    }
}
