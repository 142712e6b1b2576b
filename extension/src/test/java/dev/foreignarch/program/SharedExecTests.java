package dev.foreignarch.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.emulation.Emulation;
import dev.foreignarch.emulation.EmulationSettings;
import dev.foreignarch.engine.EngineException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many runs through one exec of a real engine, and what it can't take. */
@Tag("engine")
class SharedExecTests {

    /** Of the program's parent, which is the runner that runs it, the parent: the runner that serves. */
    private static final String SERVING_RUNNER = "$(cut -d' ' -f4 /proc/$PPID/stat)";

    @TempDir
    Path directory;

    private Emulation emulation;
    private Programs programs;
    private Program busybox;

    @BeforeEach
    void open() throws Exception {
        emulation = Emulation.onDefaultEngine(EmulationSettings.DEFAULT);
        programs = Programs.on(emulation, ProgramSettings.DEFAULT);
        busybox = programs.open(
                ProgramSpec.of(Busybox.install(emulation.engine(), Architecture.ARM32V7, directory)
                                .toString())
                        .withImage("busybox:1.36"),
                Architecture.ARM32V7);
    }

    @AfterEach
    void close() {
        busybox.close();
        programs.close();
        emulation.close();
    }

    @Test
    void runs_have_the_same_exec() {
        assertThat(servingRunner()).isEqualTo(servingRunner()).isNotEqualTo("0");
    }

    private String servingRunner() {
        return busybox.run("sh", "-c", "echo " + SERVING_RUNNER).orThrow().stdout();
    }

    @Test
    void more_at_once_than_it_takes() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(40);
        try {
            List<Future<String>> answers = IntStream.range(0, 40)
                    .mapToObj(number -> threads.submit(() -> busybox.run("sh", "-c", "sleep 1; echo " + number)
                            .orThrow()
                            .stdout()))
                    .toList();
            for (int number = 0; number < 40; number++) {
                assertThat(answers.get(number).get()).isEqualTo(number + "\n");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void much_output_of_several_at_once() {
        List<Integer> lengths = IntStream.range(0, 4)
                .parallel()
                .mapToObj(number -> busybox.run("sh", "-c", "yes " + number + " | head -c 3000000; echo >&2 " + number)
                        .orThrow())
                .map(result -> result.stdout()
                                .replace(result.stderr().strip() + "\n", "")
                                .length()
                        + result.stdoutBytes().length)
                .toList();

        assertThat(lengths).containsExactly(3_000_000, 3_000_000, 3_000_000, 3_000_000);
    }

    @Test
    void an_argument_that_is_too_long_for_it() {
        String text = "x".repeat(100_000);

        assertThat(busybox.run("echo", text).orThrow().stdout()).isEqualTo(text + "\n");
    }

    @Test
    void variables_of_the_image_and_of_the_call() {
        assertThat(busybox.call()
                        .environment("NAME", "a\nb")
                        .environment("PATH", "/nowhere")
                        .run("env")
                        .orThrow()
                        .stdout())
                .contains("NAME=a\nb\n")
                .containsOnlyOnce("PATH=")
                .contains("PATH=/nowhere\n");
        assertThat(busybox.run("env").orThrow().stdout()).contains("PATH=/usr/local/sbin:");
    }

    @Test
    void runs_go_on_with_an_exec_of_their_own_when_the_runner_has_ended() {
        assertThatThrownBy(() -> busybox.run("sh", "-c", "kill -9 " + SERVING_RUNNER + "; sleep 60"))
                .isInstanceOf(EngineException.class)
                .hasMessageStartingWith("the engine did not run busybox-arm32v7 for arm32v7 to its end");

        assertThat(busybox.run("echo", "still here").orThrow().stdout()).isEqualTo("still here\n");
    }
}
