package dev.foreignarch.program;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.emulation.ArchitectureUnavailableException;
import dev.foreignarch.emulation.Emulation;
import dev.foreignarch.emulation.Emulator;
import dev.foreignarch.emulation.EmulatorNotFoundException;
import dev.foreignarch.emulation.Verdict;
import dev.foreignarch.image.PinnedImage;
import dev.foreignarch.image.PlatformImages;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.testcontainers.utility.DockerImageName;

/** A container engine, with a warm container for each architecture and image. */
final class EngineSite implements Site {

    private final Emulation emulation;
    private final ProgramSettings settings;
    private final PlatformImages images;
    private final ConcurrentMap<Key, ContainerBench> benches = new ConcurrentHashMap<>();
    private final ConcurrentMap<Architecture, Emulator> emulators = new ConcurrentHashMap<>();

    EngineSite(Emulation emulation, ProgramSettings settings) {
        this.emulation = emulation;
        this.settings = settings;
        this.images = new PlatformImages(emulation.engine());
    }

    @Override
    public Libraries libraries(ProgramSpec spec) {
        return spec.image().isPresent() ? Libraries.OF_IMAGE : Libraries.NONE;
    }

    @Override
    public Launch launch(ProgramSpec spec, Architecture architecture) {
        Verdict verdict = emulation.prepare(architecture);
        boolean isNative = verdict instanceof Verdict.Native;
        boolean explicit = spec.emulation() == ProgramEmulation.EXPLICIT
                || !verdict.available()
                || (isNative && spec.cpu().isPresent());
        Optional<String> cpu = spec.cpu().or(() -> Launch.usualCpu(architecture));
        String cpuModel = cpu.map(model -> ", CPU model " + model).orElse("");
        if (!explicit) {
            return isNative
                    ? new Launch(
                            bench(spec, architecture), Optional.empty(), false, Optional.empty(), verdict.summary())
                    : new Launch(bench(spec, architecture), Optional.empty(), true, cpu, verdict.summary() + cpuModel);
        }
        Emulator emulator = emulator(verdict);
        ContainerBench bench = bench(spec, architecture);
        String path = bench.install("qemu-" + emulator.target() + "-static", emulator.content());
        return new Launch(bench, Optional.of(path), true, cpu, summary(emulator) + cpuModel);
    }

    @Override
    public Map<Architecture, Verdict> prepare(Collection<Architecture> architectures) {
        Map<Architecture, Verdict> verdicts = new LinkedHashMap<>(emulation.prepare(architectures));
        verdicts.replaceAll((architecture, verdict) -> verdict.available() ? verdict : explicit(verdict));
        return verdicts;
    }

    private Verdict explicit(Verdict unavailable) {
        try {
            Emulator emulator = emulator(unavailable);
            return new Verdict.Explicit(unavailable.architecture(), emulator.origin());
        } catch (ArchitectureUnavailableException noEmulator) {
            return unavailable;
        }
    }

    private static String summary(Emulator emulator) {
        return new Verdict.Explicit(Architecture.of(emulator.target()), emulator.origin()).summary();
    }

    /** Find an emulator for an architecture; without one, what matters is why there is no handler either. */
    private Emulator emulator(Verdict verdict) {
        try {
            return emulators.computeIfAbsent(verdict.architecture(), emulation::emulator);
        } catch (EmulatorNotFoundException notFound) {
            if (verdict instanceof Verdict.Unavailable unavailable) {
                ArchitectureUnavailableException failure =
                        new ArchitectureUnavailableException(unavailable.diagnosis());
                failure.addSuppressed(notFound);
                throw failure;
            }
            throw notFound;
        }
    }

    private ContainerBench bench(ProgramSpec spec, Architecture architecture) {
        return benches.computeIfAbsent(new Key(architecture, spec.image()), this::start);
    }

    private ContainerBench start(Key key) {
        if (key.image().isEmpty()) {
            return ContainerBench.empty(emulation.engine(), settings.gdbPort());
        }
        PinnedImage image = images.resolve(
                DockerImageName.parse(key.image().get()), key.architecture().platform());
        return ContainerBench.of(emulation.engine(), image, settings.gdbPort());
    }

    @Override
    public void close() {
        benches.keySet().forEach(key -> {
            ContainerBench bench = benches.remove(key);
            if (bench != null) {
                bench.close();
            }
        });
    }

    /** What a warm container is for. */
    private record Key(Architecture architecture, Optional<String> image) {}
}
