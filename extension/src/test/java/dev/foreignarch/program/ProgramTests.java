package dev.foreignarch.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.model.Container;
import dev.foreignarch.arch.Architecture;
import dev.foreignarch.emulation.Emulation;
import dev.foreignarch.emulation.EmulationSettings;
import dev.foreignarch.engine.Engine;
import dev.foreignarch.engine.EngineException;
import dev.foreignarch.engine.Session;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs a foreign program on a real engine, with handlers. */
@Tag("engine")
class ProgramTests {

    private static final Architecture ARCHITECTURE = Architecture.ARM32V7;

    @TempDir
    static Path directory;

    private static Emulation emulation;
    private static Programs programs;
    private static Path file;

    private Program busybox;

    @BeforeAll
    static void prepare() throws Exception {
        emulation = Emulation.onDefaultEngine(EmulationSettings.DEFAULT);
        programs = Programs.on(emulation, ProgramSettings.DEFAULT);
        file = Busybox.install(emulation.engine(), ARCHITECTURE, directory);
    }

    @AfterAll
    static void close() {
        programs.close();
        emulation.close();
    }

    @BeforeEach
    void open() {
        busybox = programs.open(ProgramSpec.of(file.toString()), ARCHITECTURE);
    }

    @AfterEach
    void end() {
        busybox.close();
    }

    @Test
    void runs_on_its_architecture() {
        assertThat(busybox.run("uname", "-m").orThrow().stdout()).isEqualTo("armv7l\n");
        assertThat(busybox.summary()).startsWith("emulated by ");
        assertThat(busybox.architecture()).isEqualTo(ARCHITECTURE);
    }

    @Test
    void tells_standard_output_and_error_apart() {
        ProgramResult result = busybox.run("sh", "-c", "echo out; echo err >&2");

        assertThat(result.stdout()).isEqualTo("out\n");
        assertThat(result.stderr()).isEqualTo("err\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 126, 127, 132, 139, 255})
    void tells_exit_code(int code) {
        ProgramResult result = busybox.run("sh", "-c", "exit " + code);

        assertThat(result.exitCode()).isEqualTo(code);
        assertThat(result.signal()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 6, 9, 11, 15})
    void tells_death_by_signal_from_exit_code(int number) {
        ProgramResult result = busybox.run("sh", "-c", "kill -" + number + " $$");

        assertThat(result.exitCode()).isEqualTo(128 + number);
        assertThat(result.signal()).contains(new Signal(number));
    }

    @ParameterizedTest
    @CsvSource({"'', output", ">&2, error"})
    void ends_what_writes_for_ever(String redirection, String stream) {
        try (Programs oneMebibyte = ofOneMebibyte();
                Program talkative = oneMebibyte.open(ProgramSpec.of(file.toString()), ARCHITECTURE)) {
            assertThatThrownBy(() -> talkative.run("sh", "-c", "yes" + redirection))
                    .isInstanceOf(ProgramException.class)
                    .hasMessageStartingWith("busybox-arm32v7 for arm32v7 was killed, since it wrote more than 1 MiB to"
                            + " its standard " + stream + ". If so much is right, let it write to a file, or raise"
                            + " foreignarch.program.output.\n  std" + stream.substring(0, 3)
                            + ": … ");
        }
    }

    @Test
    void keeps_what_is_just_within_the_limit() {
        try (Programs oneMebibyte = ofOneMebibyte();
                Program talkative = oneMebibyte.open(ProgramSpec.of(file.toString()), ARCHITECTURE)) {
            assertThat(talkative.run("sh", "-c", "yes | head -c 1048576").stdout())
                    .hasSize(1 << 20);
        }
    }

    @Test
    void does_not_expect_words_beyond_the_limit() {
        try (Programs oneMebibyte = ofOneMebibyte();
                Program talkative = oneMebibyte.open(ProgramSpec.of(file.toString()), ARCHITECTURE);
                RunningProgram running = talkative.call().start("yes")) {
            assertThatThrownBy(() -> running.expect("no"))
                    .isInstanceOf(ProgramException.class)
                    .hasMessageStartingWith(
                            "busybox-arm32v7 for arm32v7 was killed, since it wrote more than 1 MiB to its"
                                    + " standard output.");
        }
    }

    private static Programs ofOneMebibyte() {
        return Programs.on(
                emulation,
                ProgramSettings.read(
                        name -> name.equals(ProgramSettings.OUTPUT) ? Optional.of("1") : Optional.empty()));
    }

    @Test
    void describes_failure_in_full() {
        ProgramResult result = busybox.run("sh", "-c", "echo out; echo err >&2; exit 3");

        assertThat(result.toString().replaceFirst("\\d+\\.\\d{3} s", "0.123 s")).isEqualTo("""
                busybox-arm32v7 for arm32v7 ended with exit code 3 after 0.123 s
                  stdout: out
                  stderr: err""");
        assertThatThrownBy(result::orThrow).isInstanceOf(ProgramException.class).hasMessage(result.toString());
    }

    @Test
    void passes_arguments_as_they_are() {
        List<String> arguments = List.of("", " ", "a b", "'\"$HOME`", "ü€", "*", "--", "line\nbreak");
        List<String> command = new ArrayList<>(List.of("printf", "<%s>"));
        command.addAll(arguments);

        assertThat(busybox.run(command.toArray(String[]::new)).stdout())
                .isEqualTo("<" + String.join("><", arguments) + ">");
    }

    @Test
    void reads_input_to_its_end() {
        assertThat(busybox.call().input("b\na\n").run("sort").stdout()).isEqualTo("a\nb\n");
    }

    @Test
    void has_no_input_unless_given() {
        assertThat(busybox.run("cat").stdout()).isEmpty();
    }

    @Test
    void survives_program_that_does_not_read_its_input() {
        assertThat(busybox.call().input(new byte[1 << 20]).run("true").exitCode())
                .isZero();
    }

    @Test
    void carries_large_binary_data_both_ways() {
        byte[] data = new byte[4 << 20];
        new Random(7).nextBytes(data);

        assertThat(busybox.call().input(data).run("cat").stdoutBytes()).isEqualTo(data);
    }

    @Test
    void takes_large_output_on_both_streams() {
        ProgramResult result =
                busybox.run("sh", "-c", "dd if=/dev/zero bs=1M count=2 2>/dev/null | tee /dev/stderr; echo end >&2");

        assertThat(result.stdoutBytes()).hasSize(2 << 20);
        assertThat(result.stderrBytes()).hasSize((2 << 20) + 4);
    }

    @Test
    void sets_variables() {
        assertThat(busybox.call()
                        .environment("GREETING", "a = b ü")
                        .run("sh", "-c", "printf %s \"$GREETING\"")
                        .stdout())
                .isEqualTo("a = b ü");
    }

    @Test
    void runs_in_directory_of_its_own() {
        assertThat(busybox.run("pwd").stdout()).isEqualTo(busybox.directory() + "\n");
        assertThat(busybox.call().directory("deep/er").run("pwd").stdout())
                .isEqualTo(busybox.directory() + "/deep/er\n");
        assertThat(busybox.call().directory("/tmp").run("pwd").stdout()).isEqualTo("/tmp\n");
    }

    @Test
    void shares_no_files_with_next_program() {
        busybox.run("touch", "left").orThrow();
        try (Program other = programs.open(ProgramSpec.of(file.toString()), ARCHITECTURE)) {
            assertThat(other.run("ls").stdout()).isEmpty();
        }
    }

    @Test
    void exchanges_files() {
        busybox.write("in/names.txt", "b\na\n");

        busybox.run("sort", "-o", "sorted.txt", "in/names.txt").orThrow();

        assertThat(new String(busybox.read("sorted.txt"), UTF_8)).isEqualTo("a\nb\n");
        assertThatThrownBy(() -> busybox.read("absent.txt"))
                .isInstanceOf(ProgramException.class)
                .hasMessage("There is no file " + busybox.directory()
                        + "/absent.txt where busybox-arm32v7 runs, on arm32v7.");
    }

    @Test
    void reads_files_and_not_directories() {
        busybox.write("dir/a.txt", "a");
        busybox.write("dir/b.txt", "b");
        busybox.run(
                        "sh",
                        "-c",
                        "ln -s dir/b.txt link && ln -s link link-to-link && ln -s dir to-dir && ln -s loop loop")
                .orThrow();

        assertThat(new String(busybox.read("link-to-link"), UTF_8)).isEqualTo("b");
        assertThatThrownBy(() -> busybox.read("to-dir"))
                .isInstanceOf(ProgramException.class)
                .hasMessage(busybox.directory() + "/to-dir is a directory where busybox-arm32v7 runs, on arm32v7. Read"
                        + " its files one by one: dir/a.txt, dir/b.txt.");
        assertThatThrownBy(() -> busybox.read("loop"))
                .isInstanceOf(EngineException.class)
                .hasMessageMatching("the engine does not copy " + busybox.directory()
                        + "/loop out of a container: .*too many links.*");
    }

    @Test
    void kills_program_with_its_children_when_time_is_over() {
        assertThatThrownBy(() -> busybox.call()
                        .within(Duration.ofMillis(700))
                        .run("sh", "-c", "echo begun; sleep 100 & sleep 100; echo done"))
                .isInstanceOf(ProgramException.class)
                .hasMessage("busybox-arm32v7 for arm32v7 was killed, since it had not ended within 0.7 s. If it is only"
                        + " slow, give it more time: call().within(Duration).\n  stdout: begun");
        assertThat(busybox.run("sh", "-c", "cat /proc/[0-9]*/cmdline").stdout()).doesNotContain("sleep");
    }

    @Test
    void does_not_wait_for_children_left_behind() {
        ProgramResult result = busybox.call().within(Duration.ofSeconds(60)).run("sh", "-c", "sleep 50 & echo started");

        assertThat(result.stdout()).isEqualTo("started\n");
        assertThat(result.duration()).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void converses_with_running_program() throws Exception {
        try (RunningProgram shell = busybox.call().start("sh")) {
            BufferedReader answers = new BufferedReader(new InputStreamReader(shell.stdout(), UTF_8));
            shell.say("echo $((6 * 7))\n");
            assertThat(answers.readLine()).isEqualTo("42");
            shell.say("echo again; exit 5\n");
            shell.expect("again");
            assertThat(shell.await().exitCode()).isEqualTo(5);
        }
    }

    @Test
    void tells_what_was_expected_in_vain() {
        try (RunningProgram shell = busybox.call().start("sh", "-c", "echo no; echo why >&2")) {
            assertThatThrownBy(() -> shell.expect("yes"))
                    .isInstanceOf(ProgramException.class)
                    .hasMessage(
                            "busybox-arm32v7 for arm32v7 ended without writing 'yes'.\n  stdout: no\n  stderr: why");
        }
    }

    @Test
    void signals_running_program() {
        try (RunningProgram shell = busybox.call()
                .start("sh", "-c", "trap 'echo bye; exit 9' TERM; echo ready; while :; do sleep 0.1; done")) {
            shell.expect("ready");
            shell.send(Signal.TERMINATE);
            ProgramResult result = shell.await();

            assertThat(result.stdout()).isEqualTo("ready\nbye\n");
            assertThat(result.exitCode()).isEqualTo(9);
        }
    }

    @Test
    void ends_input_when_it_is_closed() throws Exception {
        try (RunningProgram cat = busybox.call().start("cat")) {
            cat.say("to the end");
            cat.stdin().close();
            assertThat(cat.await().stdout()).isEqualTo("to the end");
        }
    }

    @Test
    void kills_what_runs_when_program_is_closed() {
        RunningProgram sleep = busybox.call().start("sleep", "1000");
        end();
        end();

        assertThat(sleep.await().signal()).contains(Signal.KILL);
        assertThatThrownBy(() -> busybox.run("true"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "busybox-arm32v7 for arm32v7 has been closed. A program lives as long as the test that got it.");
    }

    @Test
    void runs_many_times_at_once() {
        List<String> answers = IntStream.range(0, 8)
                .parallel()
                .mapToObj(number -> busybox.run("sh", "-c", "sleep 0.2; echo " + number)
                        .stdout()
                        .strip())
                .toList();

        assertThat(answers).containsExactly("0", "1", "2", "3", "4", "5", "6", "7");
    }

    @Test
    void runs_in_image_with_its_other_programs() {
        try (Program inImage = programs.open(ProgramSpec.of(file.toString()).withImage("busybox:1.36"), ARCHITECTURE)) {
            assertThat(inImage.run("sh", "-c", "/bin/busybox uname -m").stdout())
                    .isEqualTo("armv7l\n");
        }
    }

    @Test
    void removes_its_containers() {
        Emulation fresh = Emulation.onDefaultEngine();
        Engine engine = fresh.engine();
        try (fresh;
                Programs own = Programs.on(fresh, ProgramSettings.DEFAULT);
                Program program = own.open(ProgramSpec.of(file.toString()), ARCHITECTURE)) {
            program.run("true").orThrow();

            assertThat(containers(engine))
                    .as("its own, and the session's sign of life")
                    .hasSizeGreaterThan(1);
        }
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(containers(engine)).isEmpty());
    }

    private static List<Container> containers(Engine engine) {
        return engine.client()
                .listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(Map.of(Session.LABEL, engine.session().id()))
                .exec();
    }
}
