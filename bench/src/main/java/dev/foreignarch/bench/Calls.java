package dev.foreignarch.bench;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.emulation.Emulation;
import dev.foreignarch.emulation.EmulationSettings;
import dev.foreignarch.emulation.Verdict;
import dev.foreignarch.engine.Engine;
import dev.foreignarch.image.PinnedImage;
import dev.foreignarch.image.PlatformImages;
import dev.foreignarch.program.Program;
import dev.foreignarch.program.ProgramResult;
import dev.foreignarch.program.ProgramSettings;
import dev.foreignarch.program.ProgramSpec;
import dev.foreignarch.program.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.testcontainers.utility.DockerImageName;

/** Single calls in a JVM that is warm, measured by JMH. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 7, time = 2)
public class Calls {

    private static final String BUSYBOX = "busybox:1.36";

    private final Engine engine = Engine.ofTestcontainers();
    private final Emulation known = Emulation.on(engine, EmulationSettings.DEFAULT);
    private final Programs programs = Programs.on(known, ProgramSettings.DEFAULT);
    private final Path file = busybox();
    private final Program program = programs.open(ProgramSpec.of(file.toString()), Architecture.S390X);

    /** Know what the first benchmarks are to find known. */
    @Setup
    public void prepare() {
        known.prepare(Architecture.S390X).orThrow();
    }

    /** Leave nothing behind. */
    @TearDown
    public void close() throws IOException {
        program.close();
        programs.close();
        known.close();
        Files.delete(file);
    }

    /** The first use of an architecture that runs: one probe. */
    @Benchmark
    public Verdict probeOfAnArchitecture() {
        try (Emulation emulation = Emulation.on(engine, EmulationSettings.DEFAULT)) {
            return emulation.prepare(Architecture.S390X);
        }
    }

    /** Every further use. */
    @Benchmark
    public Verdict knownArchitecture() {
        return known.prepare(Architecture.S390X);
    }

    /** The image of a container that is not the first. */
    @Benchmark
    public PinnedImage imageThatIsThere() {
        return image();
    }

    /** A short run of a foreign program in its warm container. */
    @Benchmark
    public ProgramResult runOfAProgram() {
        return program.run("true");
    }

    /** Take a program out of an image of another architecture. */
    private Path busybox() {
        byte[] content = engine.readFirst(image().id(), List.of("/bin/busybox"))
                .orElseThrow()
                .getValue();
        try {
            Path copy = Files.createTempFile("bench", ".busybox");
            Files.write(copy, content);
            if (!copy.toFile().setExecutable(true)) {
                throw new IOException(copy + " can't be made executable");
            }
            return copy;
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    private PinnedImage image() {
        return new PlatformImages(engine).resolve(DockerImageName.parse(BUSYBOX), Architecture.S390X.platform());
    }

    /** Measure, and print a row of a table for each call. */
    public static void main(String[] arguments) throws Exception {
        new Runner(new OptionsBuilder()
                        .include("\\." + Calls.class.getSimpleName() + "\\.")
                        .build())
                .run()
                .forEach(result -> System.out.printf(
                        Locale.ROOT,
                        "row | `%s` | %.3f ± %.3f |%n",
                        result.getPrimaryResult().getLabel(),
                        result.getPrimaryResult().getScore(),
                        result.getPrimaryResult().getScoreError()));
    }
}
