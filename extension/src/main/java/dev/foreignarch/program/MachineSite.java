package dev.foreignarch.program;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.emulation.Diagnosis;
import dev.foreignarch.emulation.EmulationMode;
import dev.foreignarch.emulation.Verdict;
import dev.foreignarch.engine.EngineException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The JVM's own machine, a Linux, whose installed QEMU runs static programs without any container engine. */
final class MachineSite implements Site {

    private static final List<String> FOLDERS = List.of("/usr/bin/", "/usr/local/bin/");

    private final Architecture host;

    private @Nullable ProcessBench bench;

    MachineSite() {
        String os = System.getProperty("os.name");
        if (!os.equals("Linux")) {
            throw new EngineException(
                    "foreignarch.engine is none, but QEMU's user mode exists for Linux only, and this is " + os
                            + ". Use a container engine.",
                    null);
        }
        this.host = Architecture.of(System.getProperty("os.arch"));
    }

    @Override
    public Libraries libraries(ProgramSpec spec) {
        return Libraries.OUT_OF_REACH;
    }

    @Override
    public Launch launch(ProgramSpec spec, Architecture architecture) {
        if (isNative(architecture)
                && spec.emulation() != EmulationMode.EXPLICIT
                && spec.cpu().isEmpty()) {
            return new Launch(bench(), Optional.empty(), false, Optional.empty(), "native");
        }
        Optional<String> cpu = spec.cpu().or(() -> Launch.usualCpu(architecture));
        Verdict verdict = emulated(architecture).orThrow();
        String emulator = paths(architecture)
                .filter(path -> Files.isExecutable(Path.of(path)))
                .findFirst()
                .orElseThrow();
        return new Launch(
                bench(),
                Optional.of(emulator),
                true,
                cpu,
                verdict.summary() + cpu.map(model -> ", CPU model " + model).orElse(""));
    }

    @Override
    public Map<Architecture, Verdict> prepare(Collection<Architecture> architectures) {
        Map<Architecture, Verdict> verdicts = new LinkedHashMap<>();
        architectures.forEach(architecture -> verdicts.put(
                architecture, isNative(architecture) ? new Verdict.Native(architecture) : emulated(architecture)));
        return verdicts;
    }

    private boolean isNative(Architecture architecture) {
        return architecture.elf().equals(host.elf());
    }

    private Verdict emulated(Architecture architecture) {
        Optional<String> emulator = paths(architecture)
                .filter(path -> Files.isExecutable(Path.of(path)))
                .findFirst();
        if (emulator.isEmpty()) {
            return new Verdict.Unavailable(
                    architecture,
                    new Diagnosis(
                            architecture,
                            "foreignarch.engine is none, and this machine has no QEMU for " + architecture + ".",
                            List.of("no file "
                                    + String.join(", ", paths(architecture).toList())),
                            "install Debian's or Ubuntu's package qemu-user-static, or use a container engine."));
        }
        return new Verdict.Explicit(architecture, emulator.get() + " of this machine");
    }

    private static Stream<String> paths(Architecture architecture) {
        return Stream.of("-static", "")
                .flatMap(suffix ->
                        FOLDERS.stream().map(folder -> folder + "qemu-" + architecture.qemuTarget() + suffix));
    }

    private synchronized ProcessBench bench() {
        ProcessBench present = bench;
        if (present == null) {
            present = new ProcessBench(host);
            bench = present;
        }
        return present;
    }

    @Override
    public synchronized void close() {
        if (bench != null) {
            bench.close();
            bench = null;
        }
    }
}
