package dev.foreignarch.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.emulation.Emulation;
import dev.foreignarch.emulation.EmulationSettings;
import dev.foreignarch.image.NativeImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** What many short runs cost, beside the same runs by hand. All are measured in turns: load hits them alike. */
@Tag("engine")
@Isolated
class ProgramCostTests {

    private static final int RUNS = Integer.getInteger("test.foreignarch.runs", 20);
    private static final String CONTAINER = "foreignarch-cost";

    @TempDir
    Path directory;

    @Test
    void a_run_costs_as_much_as_an_exec_and_a_fraction_of_a_container() throws Exception {
        List<Long> runs = new ArrayList<>();
        List<Long> execs = new ArrayList<>();
        List<Long> containers = new ArrayList<>();
        String image = NativeImage.of("busybox:1.36");
        try (Emulation emulation = Emulation.onDefaultEngine(EmulationSettings.DEFAULT);
                Programs programs = Programs.on(emulation, ProgramSettings.DEFAULT)) {
            Path file = Busybox.install(emulation.engine(), Architecture.ARM32V7, directory);
            byHand("docker", "run", "-d", "--rm", "--name", CONTAINER, "--network", "none", image, "sleep", "600");
            try (Program program = programs.open(ProgramSpec.of(file.toString()), Architecture.ARM32V7)) {
                byHand("docker", "cp", file.toString(), CONTAINER + ":/busybox");
                program.run("true").orThrow();
                for (int round = 0; round < RUNS; round++) {
                    runs.add(nanos(() -> program.run("true").orThrow()));
                    execs.add(nanos(() -> byHand("docker", "exec", CONTAINER, "/busybox", "true")));
                    containers.add(nanos(() -> byHand(
                            "docker",
                            "run",
                            "--rm",
                            "--network",
                            "none",
                            "-v",
                            file + ":/busybox",
                            image,
                            "/busybox",
                            "true")));
                }
            } finally {
                byHand("docker", "rm", "-f", CONTAINER);
            }
        }
        double ofExec = (double) median(runs) / median(execs);
        double ofContainer = (double) median(runs) / median(containers);
        System.out.printf(
                "%d runs: median %d ms; %.2f x docker exec, %.2f x docker run%n",
                RUNS, median(runs) / 1_000_000, ofExec, ofContainer);

        assertThat(ofExec).as("of a docker exec").isLessThanOrEqualTo(1.3);
        assertThat(ofContainer).as("of a docker run").isLessThan(0.2);
    }

    private interface Action {
        void run() throws Exception;
    }

    private static long nanos(Action action) throws Exception {
        long start = System.nanoTime();
        action.run();
        return System.nanoTime() - start;
    }

    private static long median(List<Long> figures) {
        List<Long> sorted = new ArrayList<>(figures);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }

    private static void byHand(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
