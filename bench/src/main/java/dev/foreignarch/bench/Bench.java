package dev.foreignarch.bench;

import dev.foreignarch.arch.Platform;
import dev.foreignarch.engine.Engine;
import dev.foreignarch.image.PinnedImage;
import dev.foreignarch.image.PlatformImages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherFactory;
import org.testcontainers.utility.DockerImageName;

/** Measures everything, and writes the table. */
final class Bench {

    private static final List<String> PLATFORMS =
            List.of("linux/s390x", "linux/arm64", "linux/arm/v7", "linux/ppc64le");

    /** As in JvmCommandLine. */
    private static final String[] FLAGS_OF_FOREIGN_JVM = {
        "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-XX:CompileThresholdScaling=5"
    };

    private static final Map<String, String> CONCURRENT = Map.of(
            "junit.jupiter.execution.parallel.enabled", "true",
            "junit.jupiter.execution.parallel.mode.default", "concurrent",
            "junit.jupiter.execution.parallel.config.strategy", "fixed",
            "junit.jupiter.execution.parallel.config.fixed.parallelism", "4");

    /** Each has a handler of its own. */
    private static final String[] SEVEN = {"s390x", "arm64v8", "arm32v7", "ppc64le", "riscv64", "mips64le", "loong64"};

    private final Path root;
    private final Path target;
    private final int rounds;
    private final Engine engine = Engine.ofTestcontainers();
    private final LauncherSession session = LauncherFactory.openSession();
    private final List<String> report = new ArrayList<>();

    private Bench(Path root, int rounds) {
        this.root = root;
        this.target = root.resolve("bench/target");
        this.rounds = rounds;
    }

    /**
     * Measure.
     *
     * @param arguments the number of rounds; 7 if it is left out
     */
    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length == 0 ? 7 : Integer.parseInt(arguments[0]);
        new Bench(Path.of("").toAbsolutePath(), rounds).run();
    }

    private void run() throws Exception {
        GeneratedClasses.compile(target.resolve("generated"), 20, GeneratedClasses.JVM_CLASS);
        GeneratedClasses.compile(target.resolve("generated"), 100, GeneratedClasses.CONTAINER_CLASS);
        GeneratedClasses.compile(target.resolve("generated"), 100, GeneratedClasses.PLAIN_CLASS);
        System.setProperty("bench.busybox", image("busybox:1.36", "linux/s390x").id());
        System.setProperty(
                "bench.redis",
                PLATFORMS.stream()
                        .map(it -> it + "=" + image("redis:7", it).id())
                        .collect(Collectors.joining(",")));
        head();
        compare(warmClass());
        compare(firstUse());
        withoutHandlers();
        compare(fourArchitectures());
        compare(manyTests());
        compare(oneClassInForeignJvm("", Map.of()));
        compare(oneClassInForeignJvm(
                ", with `foreignarch.jvm.archive`", Map.of("JAVA_TOOL_OPTIONS", "-Dforeignarch.jvm.archive=true")));
        compare(manyClassesInForeignJvm());
        reasons();
        singleCalls();
        floor();
        processorTime();
        memory();
        growth();
        calls();
        session.close();
        Files.write(root.resolve("bench/README.md"), report);
    }

    private PinnedImage image(String name, String platform) {
        return new PlatformImages(engine).resolve(DockerImageName.parse(name), Platform.parse(platform));
    }

    private void head() throws Exception {
        say("# What ForeignArch costs");
        say("");
        say(
                "Measured by `./run bench` on %s: %d processors, Linux %s, engine %s, Java %s. Seconds: minimum / **median** / maximum of %d rounds, both ways in turns. The ratio is that of the medians.",
                LocalDate.now(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.version"),
                engine,
                System.getProperty("java.version"),
                rounds);
        say("");
        say("| what | against | ForeignArch | the other | ratio | goal | met |");
        say("|---|---|---|---|---|---|---|");
    }

    private void say(String text, Object... values) {
        String line = values.length == 0 ? text : text.formatted(values);
        System.out.println(line);
        report.add(line);
    }

    private void compare(Comparison comparison) throws Exception {
        System.out.println(comparison.what());
        say("%s", comparison.rounds(rounds).row());
    }

    private Comparison warmClass() throws Exception {
        Comparison comparison = new Comparison(
                "a class with one foreign Redis container, JVM warm",
                "the same with plain Testcontainers, by image ID and platform",
                1.05,
                () -> TestRun.further(session, Map.of(), Redis.Foreign.class.getName()),
                () -> TestRun.further(session, Map.of(), Redis.PlainS390x.class.getName()));
        comparison.rounds(2);
        return comparison;
    }

    private static Comparison firstUse() {
        return new Comparison(
                "first use in a JVM: from annotation to the end of a test of Redis",
                "plain Testcontainers' first container",
                1.15,
                () -> Programs.tests(Map.of(), Redis.Foreign.class.getName()),
                () -> Programs.tests(Map.of(), Redis.PlainS390x.class.getName()));
    }

    private void withoutHandlers() throws Exception {
        try (EmptyTable machine = new EmptyTable(root)) {
            compare(new Comparison(
                    "first use on a machine without handlers, in a JVM that runs",
                    "a script: `docker run --privileged` of an installer, then `docker run --platform`",
                    1.0,
                    machine::withExtension,
                    machine::withScript));
            compare(new Comparison(
                    "first use with seven handlers registered",
                    "first use with one handler registered",
                    1.05,
                    () -> machine.withHandlers(SEVEN),
                    () -> machine.withHandlers("s390x")));
        }
    }

    private Comparison fourArchitectures() {
        return new Comparison(
                "four architectures, one Redis class, concurrent",
                "four plain runs one after the other",
                0.5,
                () -> TestRun.further(session, CONCURRENT, Redis.ForeignFour.class.getName()),
                () -> {
                    Duration sum = Duration.ZERO;
                    for (Class<?> one : List.of(
                            Redis.PlainS390x.class,
                            Redis.PlainArm64.class,
                            Redis.PlainArm.class,
                            Redis.PlainPpc64le.class)) {
                        sum = sum.plus(TestRun.further(session, Map.of(), one.getName()));
                    }
                    return sum;
                });
    }

    private Comparison manyTests() {
        return new Comparison(
                "200 tests in one class, static container, JVM warm",
                "the same without the extension",
                1.02,
                () -> TestRun.further(session, Map.of(), Redis.ForeignMany.class.getName()),
                () -> TestRun.further(session, Map.of(), Redis.PlainMany.class.getName()));
    }

    private Comparison oneClassInForeignJvm(String addition, Map<String, String> environment) throws Exception {
        Comparison comparison = new Comparison(
                "foreign JVM: one class of 4 tests, from the start of the local JVM to its end" + addition,
                "`docker run` of JUnit's console launcher in the same image",
                0.5,
                () -> Programs.time(environment, Programs.command(TestRun.class, GeneratedClasses.names("Jvm", 1))),
                () -> console().fourTests());
        comparison.ours().once();
        return comparison;
    }

    private Comparison manyClassesInForeignJvm() {
        return new Comparison(
                "foreign JVM: 20 classes of 4 tests",
                "20 times one `docker run` of the console launcher",
                0.15,
                () -> Programs.time(Map.of(), Programs.command(TestRun.class, GeneratedClasses.names("Jvm", 20))),
                () -> console().fourTests().multipliedBy(20));
    }

    private ConsoleLauncher console() {
        return new ConsoleLauncher(
                target, image("eclipse-temurin:17-jre", "linux/s390x").id());
    }

    private void memory() throws Exception {
        String printed = Programs.jvm(Map.of(), Memory.class);
        long early = Programs.number("early", printed);
        long late = Programs.number("late", printed);
        say("");
        say("## Memory");
        say("");
        say(
                "Objects alive after 100 cells: %d kB; after 1,000 cells in the same session: %d kB, which is %d bytes for each of the 900.",
                early / 1024, late / 1024, (late - early) / 900);
    }

    /** Goals are the project's own. What stands in the way of those that are missed was found by profiling. */
    private void reasons() {
        say("");
        say("The goals are the project's own. What stands in the way of those that may be missed:");
        say("");
        say(
                "- **First use**: the probe. Its container takes the engine as long as any other one (below), and the JVM half as long again to ask for it with code that it has never run. It is the proof that the architecture runs. What can wait for the test is done behind its back.");
        say(
                "- **Without handlers**: the script starts two containers, and believes. ForeignArch starts a JVM, and in it Testcontainers, which alone need longer (the line above tells); and then a container each to probe, to look at the table and register while other JVMs wait, and to probe again.");
        say(
                "- **Four architectures**: the processors are busy with emulation and with the engine all the time. The work of four plain runs would fill more than half of their time, if it were done side by side without a pause (below); ForeignArch does it with less work.");
        say(
                "- **Foreign JVM, one class**: all but two seconds are JUnit and the tests in the emulated JVM, whose flags are tuned; the console launcher with the same flags needs more than half of the time as well (below), with nothing of ForeignArch. Those two are the local JVM with Testcontainers, the probe, and the start of a container. An archive of JUnit's classes saves a third of the rest, but takes longer to make than it saves once, and a CI machine is new each time: so it is there for those who ask for it (`docs/foreign-jvm.md`).");
    }

    private void singleCalls() throws Exception {
        say("");
        say("## Single calls");
        say("");
        say("Milliseconds in a warm JVM, as JMH measures them: mean and error of 7 iterations.");
        say("");
        say("| call | ms |");
        say("|---|---|");
        Programs.jvm(Map.of(), Calls.class)
                .lines()
                .filter(line -> line.startsWith("row "))
                .forEach(line -> say("%s", line.substring("row ".length())));
    }

    /** What no extension can save. */
    private void floor() throws Exception {
        String busybox = System.getProperty("bench.busybox");
        String java = image("eclipse-temurin:17-jre", "linux/s390x").id();
        say("");
        say("## What the engine and QEMU need");
        say("");
        say("Seconds, without ForeignArch and Testcontainers:");
        say("");
        say("| what | seconds |");
        say("|---|---|");
        floor("`docker run` of a native program that does nothing", container("busybox:1.36", "true"));
        floor("the same, emulated", container("--platform", "linux/s390x", busybox, "true"));
        floor(
                "`java -version`, emulated, with the JVM's own flags",
                container("--platform", "linux/s390x", java, "java", "-version"));
        floor(
                "the same with the flags of a foreign JVM",
                container(Stream.of(
                                Stream.of("--platform", "linux/s390x", java, "java"),
                                Stream.of(FLAGS_OF_FOREIGN_JVM),
                                Stream.of("-version"))
                        .flatMap(words -> words)
                        .toArray(String[]::new)));
        floor(
                "JUnit's console launcher and four tests, emulated, with these flags",
                () -> console().fourTests(FLAGS_OF_FOREIGN_JVM));
    }

    private static Comparison.Contender container(String... arguments) {
        List<String> command = new ArrayList<>(List.of("docker", "run", "--rm", "--network", "none"));
        command.addAll(List.of(arguments));
        return () -> Programs.time(Map.of(), command);
    }

    private void floor(String what, Comparison.Contender contender) throws Exception {
        say("| %s | %s |", what, sample(contender));
    }

    private Sample sample(Comparison.Contender contender) throws Exception {
        Sample sample = new Sample();
        for (int round = 0; round < rounds; round++) {
            sample.add(contender.once());
        }
        return sample;
    }

    /** How much of a goal for a time the number of processors leaves. */
    private void processorTime() throws Exception {
        Comparison four = fourArchitectures();
        int processors = Runtime.getRuntime().availableProcessors();
        Sample wall = sample(four.theirs());
        Sample theirs = sample(() -> ProcessorTime.of(four.theirs()));
        say("");
        say("## Processor time of four architectures");
        say("");
        say(
                "Seconds that the processors of the machine work, for the JVM, the engine and the containers together: %s with ForeignArch, concurrently; %s for four plain runs, one after the other. These take %s. If %d processors did the same work side by side and never waited, that would be %.2f of the time.",
                sample(() -> ProcessorTime.of(four.ours())),
                theirs,
                wall,
                processors,
                theirs.median() / processors / wall.median());
    }

    private void growth() throws Exception {
        say("");
        say("## Growth");
        say("");
        say(
                "Classes with a container of busybox on s390x, in a JVM of their own, and the same with plain Testcontainers:");
        say("");
        say("| classes | seconds | for each beyond the first | plain | for each beyond the first |");
        say("|---|---|---|---|---|");
        double first = 0;
        double firstPlain = 0;
        for (int classes : List.of(1, 10, 100)) {
            double ours = growth("Cell", classes);
            double plain = growth("Plain", classes);
            if (classes == 1) {
                first = ours;
                firstPlain = plain;
                say("| 1 | %.2f | | %.2f | |", ours, plain);
            } else {
                say(
                        "| %d | %.2f | %.2f | %.2f | %.2f |",
                        classes, ours, (ours - first) / (classes - 1), plain, (plain - firstPlain) / (classes - 1));
            }
        }
    }

    private static double growth(String prefix, int classes) throws Exception {
        Sample sample = new Sample();
        for (int round = 0; round < (classes == 100 ? 1 : 3); round++) {
            sample.add(Programs.tests(Map.of(), GeneratedClasses.names(prefix, classes)));
        }
        return sample.median();
    }

    private void calls() throws Exception {
        try (EngineCalls calls = new EngineCalls(Path.of("/var/run/docker.sock"))) {
            Map<String, Integer> first = calls(calls, "Cell", 1);
            Map<String, Integer> eleven = calls(calls, "Cell", 11);
            Map<String, Integer> firstPlain = calls(calls, "Plain", 1);
            Map<String, Integer> elevenPlain = calls(calls, "Plain", 11);
            say("");
            say("## Calls of the engine");
            say("");
            say(
                    "For each further class (11 classes, less what 1 class needs, divided by 10), and for the first; and the same with plain Testcontainers:");
            say("");
            say("| call | each | first | each, plain | first, plain |");
            say("|---|---|---|---|---|");
            Stream.of(first, eleven, firstPlain, elevenPlain)
                    .flatMap(it -> it.keySet().stream())
                    .distinct()
                    .sorted()
                    .forEach(call -> say(
                            "| `%s` | %.1f | %d | %.1f | %d |",
                            call,
                            (eleven.getOrDefault(call, 0) - first.getOrDefault(call, 0)) / 10.0,
                            first.getOrDefault(call, 0),
                            (elevenPlain.getOrDefault(call, 0) - firstPlain.getOrDefault(call, 0)) / 10.0,
                            firstPlain.getOrDefault(call, 0)));
            say(
                    "| all | %.1f | %d | %.1f | %d |",
                    (sum(eleven) - sum(first)) / 10.0,
                    sum(first),
                    (sum(elevenPlain) - sum(firstPlain)) / 10.0,
                    sum(firstPlain));
        }
    }

    private static Map<String, Integer> calls(EngineCalls calls, String prefix, int classes) throws Exception {
        Programs.tests(Map.of("DOCKER_HOST", calls.address()), GeneratedClasses.names(prefix, classes));
        return calls.taken();
    }

    private static int sum(Map<String, Integer> calls) {
        return calls.values().stream().mapToInt(Integer::intValue).sum();
    }
}
