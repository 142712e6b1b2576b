package dev.foreignarch.program;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.emulation.Emulation;
import dev.foreignarch.emulation.EmulationRequest;
import dev.foreignarch.emulation.SingleProgramEmulation;
import dev.foreignarch.emulation.Verdict;
import dev.foreignarch.image.ImageName;
import dev.foreignarch.image.PinnedImage;
import dev.foreignarch.image.PlatformImages;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** A container engine, with a warm container for each architecture and image. */
final class EngineSite implements Site {

    private final Emulation emulation;
    private final ProgramSettings settings;
    private final PlatformImages images;
    private final ConcurrentMap<Key, ContainerBench> benches = new ConcurrentHashMap<>();

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
        SingleProgramEmulation decided =
                emulation.forSingleProgram(architecture, new EmulationRequest(spec.emulation(), spec.cpu()));
        ContainerBench bench = bench(spec, architecture);
        if (decided.verdict() instanceof Verdict.Native) {
            return new Launch(
                    bench,
                    Optional.empty(),
                    false,
                    Optional.empty(),
                    decided.verdict().summary());
        }
        Optional<String> path = decided.emulator()
                .map(emulator -> bench.install("qemu-" + emulator.target() + "-static", emulator.content()));
        Optional<String> cpu = spec.cpu().or(() -> Launch.usualCpu(architecture));
        return new Launch(
                bench,
                path,
                true,
                cpu,
                decided.verdict().summary()
                        + cpu.map(model -> ", CPU model " + model).orElse(""));
    }

    @Override
    public Map<Architecture, Verdict> prepare(Collection<Architecture> architectures) {
        return emulation.prepareSinglePrograms(architectures);
    }

    private ContainerBench bench(ProgramSpec spec, Architecture architecture) {
        Key key = new Key(architecture, spec.image());
        settings.gdbPort().ifPresent(port -> insistOnPort(port, key));
        return benches.computeIfAbsent(key, this::start);
    }

    /** A container has the port of the engine's host as long as it lives. */
    private void insistOnPort(int port, Key wanted) {
        benches.keySet().stream().filter(key -> !key.equals(wanted)).findFirst().ifPresent(other -> {
            throw new ProgramException("The " + wanted + " can't wait for a debugger at port " + port + " ("
                    + ProgramSettings.GDB_PORT + "): it is taken by the " + other + " until the end of the run. Debug"
                    + " one test on one architecture, for example with -Dtest=… and -Dforeignarch.only="
                    + wanted.architecture() + ".");
        });
    }

    private ContainerBench start(Key key) {
        if (key.image().isEmpty()) {
            return ContainerBench.empty(emulation, settings.gdbPort());
        }
        Architecture architecture = key.architecture();
        PinnedImage image = images.resolve(ImageName.of(key.image().get(), architecture), architecture.platform());
        return ContainerBench.of(emulation.engine(), image, settings.gdbPort());
    }

    @Override
    public void close() {
        Closing.all(
                benches.keySet().stream().<Runnable>map(key -> () -> close(key)).toList());
    }

    private void close(Key key) {
        ContainerBench bench = benches.remove(key);
        if (bench != null) {
            bench.close();
        }
    }

    /** What a warm container is for. */
    private record Key(Architecture architecture, Optional<String> image) {
        @Override
        public String toString() {
            return "programs for " + architecture
                    + image.map(name -> " in the image " + name).orElse("");
        }
    }
}
