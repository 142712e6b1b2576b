package dev.foreignarch.container;

import com.github.dockerjava.api.exception.DockerException;
import dev.foreignarch.arch.Architecture;
import dev.foreignarch.emulation.Verdict;
import dev.foreignarch.engine.EngineException;
import dev.foreignarch.image.PinnedImage;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What is known of a container that did not start, and what it means.
 *
 * @param image the container's image
 * @param verdict what runs the architecture that it should run on
 * @param cpu the model of the CPU that was asked for, if one was
 * @param taken how long the start took until it failed
 * @param lines the last lines that the container printed
 * @param ending how it ended, if that was seen
 * @param seen what was seen of it before that
 * @param failure what Testcontainers threw
 */
record StartFailure(
        PinnedImage image,
        Verdict verdict,
        Optional<String> cpu,
        Duration taken,
        List<String> lines,
        Optional<ContainerEnding> ending,
        StartWatch.Seen seen,
        Throwable failure) {

    private static final int KILLED = 137;
    private static final int TERMINATED = 143;
    private static final String SIGILL = "4";
    private static final Pattern EXIT_CODE = Pattern.compile("exited with code (\\d+)");
    private static final Pattern QEMU_SIGNAL = Pattern.compile("qemu: uncaught target signal (\\d+) \\(([^)]*)\\)");
    private static final Pattern QEMU_NO_LOADER = Pattern.compile("qemu-\\S+: Could not open '([^']+)'");

    String message() {
        Explanation explanation = explanation();
        StringBuilder text =
                new StringBuilder(image.name() + " did not start on " + architecture() + ": " + explanation.happened());
        text.append("\n  image: ").append(image.id()).append(" for ").append(image.platform());
        text.append("\n  ").append(architecture()).append(": ").append(verdict.summary());
        cpu.ifPresent(model -> text.append(", CPU model ").append(model));
        if (lines.isEmpty()) {
            text.append("\n  the container printed nothing");
        } else {
            text.append("\n  last lines of the container:");
            lines.forEach(line -> text.append("\n    ").append(line));
        }
        if (explanation.equals(notReady().orElse(null))) {
            waited().health().ifPresent(log -> {
                text.append("\n  last health checks:");
                log.checks().forEach(check -> text.append("\n    ").append(check));
            });
        }
        return text.append("\n  try: ").append(explanation.remedy()).toString();
    }

    private Architecture architecture() {
        return verdict.architecture();
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f", duration.toMillis() / 1000.0);
    }

    private Explanation explanation() {
        return Stream.<Optional<Explanation>>of(
                        outOfMemory(),
                        foreignChild(),
                        execFormat(),
                        unknownCpu(),
                        illegalInstruction(),
                        qemuSignal(),
                        qemuLoader(),
                        fileBusy(),
                        ended(),
                        refused(),
                        notReady())
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> new Explanation(
                        EngineException.words(root()),
                        "look at the causes below, and whether the image starts on the engine's own architecture."));
    }

    private Optional<Explanation> outOfMemory() {
        boolean seen = ending.map(ContainerEnding::outOfMemory).orElse(false) || says("(OOMKilled)");
        if (!seen) {
            return Optional.empty();
        }
        long limit = ending.map(ContainerEnding::memoryLimit).orElse(0L);
        return Explanation.of(
                "the kernel killed it because its memory was used up"
                        + (limit > 0 ? ", at its limit of " + (limit >> 20) + " MiB." : "."),
                "give it more memory. An emulated program needs more than a native one, since its translated code is"
                        + " kept, too: container.withCreateContainerCmdModifier(create ->"
                        + " create.getHostConfig().withMemory(…L << 20))");
    }

    private Optional<Explanation> foreignChild() {
        return verdict instanceof Verdict.Explicit && isExecFormatError()
                ? Explanation.of(
                        "its program has tried to start another program for " + architecture() + " (exec format error)."
                                + " Explicit emulation runs one program and none that it starts: those need a handler in"
                                + " the kernel's table.",
                        "let ForeignArch register a handler (foreignarch.registration=auto, and emulation = AUTOMATIC),"
                                + " or let the container start with a program that starts no other:"
                                + " container.withCreateContainerCmdModifier(create ->"
                                + " create.withEntrypoint(\"/path/of/program\"))")
                : Optional.empty();
    }

    private boolean isExecFormatError() {
        return prints("exec format error") || says("exec format error");
    }

    private Optional<Explanation> unknownCpu() {
        return cpu.filter(model -> prints("unable to find cpu model"))
                .flatMap(model -> Explanation.of(
                        "QEMU knows no CPU model " + model + " for " + architecture() + ".",
                        "name one that it knows. The command qemu-"
                                + architecture().qemuTarget() + "-static -cpu help lists them."));
    }

    private Optional<Explanation> illegalInstruction() {
        return cpu.filter(model -> find(QEMU_SIGNAL)
                        .filter(signal -> signal.group(1).equals(SIGILL))
                        .isPresent())
                .flatMap(model -> Explanation.of(
                        "its program has come to an instruction that the CPU model " + model
                                + " does not have (SIGILL).",
                        "build the program for that CPU, or name a CPU model that has the instruction."));
    }

    private Optional<Explanation> execFormat() {
        if (!isExecFormatError()) {
            return Optional.empty();
        }
        return Explanation.of(
                "the kernel can't run the program that the container starts with (exec format error). Programs for "
                        + architecture()
                        + " do run here, so this is not one, or it is a script that does not say by what"
                        + " it is run.",
                "see what the program is ('docker image inspect " + image.id() + "' shows its path). A script needs a"
                        + " first line such as #!/bin/sh; a program of another architecture means that the image is"
                        + " labeled wrongly, and its publisher must be told.");
    }

    private Optional<Explanation> qemuSignal() {
        return find(QEMU_SIGNAL)
                .flatMap(signal -> Explanation.of(
                        "its program crashed in the emulator, by signal " + signal.group(1) + " (" + signal.group(2)
                                + ").",
                        "see whether it crashes natively, too. If not, the emulator can't do something that the program"
                                + " needs: take another QEMU (foreignarch.helper.image=…), another version of the image,"
                                + " or switch off what is special in the program, such as its just-in-time compiler."));
    }

    private Optional<Explanation> qemuLoader() {
        return find(QEMU_NO_LOADER)
                .flatMap(loader -> Explanation.of(
                        "its program needs " + loader.group(1) + ", which the image does not have.",
                        "link the program statically, or use a base image that has the libraries of " + architecture()
                                + "."));
    }

    private Optional<Explanation> fileBusy() {
        return prints("text file busy") && exitCode().isPresent()
                ? Explanation.of(
                        "it has started a program that was still being written (text file busy"
                                + exitCode().map(code -> ", exit code " + code).orElse("") + "). A file that is copied"
                                + " into a running container can be seen there before it is complete.",
                        "copy it before the start: container.withCopyToContainer(…). Or let the command wait until it"
                                + " can be run, or let the container try again: container.withStartupAttempts(3)")
                : Optional.empty();
    }

    private Optional<Explanation> ended() {
        Optional<Long> exitCode = exitCode();
        if (exitCode.isEmpty()) {
            return Optional.empty();
        }
        if (exitCode.get() == 0) {
            return Explanation.of(
                    "its program ended at once, without an error. The image's default program is perhaps a shell, which"
                            + " ends when there is nothing to read.",
                    "say what the container shall run: container.withCommand(…). For a program that is meant to end:"
                            + " container.withStartupCheckStrategy(new OneShotStartupCheckStrategy())");
        }
        return Explanation.of(
                "its program ended with exit code " + exitCode.get() + ".",
                "read its last lines, and see whether it ends natively, too: docker run --rm " + image.name());
    }

    private Optional<Explanation> refused() {
        return root() instanceof DockerException refusal
                ? Explanation.of(
                        "the engine refused it: " + EngineException.words(refusal),
                        "change what the engine does not like in the container's settings.")
                : Optional.empty();
    }

    private Optional<Explanation> notReady() {
        return lines.isEmpty() && taken.toMillis() < 1_000 ? Optional.empty() : Optional.of(waited().explanation());
    }

    private NotReady waited() {
        return new NotReady(!(verdict instanceof Verdict.Native), taken, EngineException.words(root()), seen);
    }

    /** A container that Testcontainers gave up on is killed. That is no ending of its own. */
    private Optional<Long> exitCode() {
        Optional<Long> seen = ending.map(ContainerEnding::exitCode);
        Optional<Long> told = says(EXIT_CODE).map(Long::valueOf);
        boolean byItself = told.isPresent()
                || says("did not start correctly")
                || says("ended while it was starting")
                || seen.filter(code -> code != KILLED && code != TERMINATED).isPresent();
        return byItself ? told.or(() -> seen) : Optional.empty();
    }

    private boolean prints(String words) {
        return lines.stream().anyMatch(line -> line.toLowerCase(Locale.ROOT).contains(words));
    }

    private Optional<Matcher> find(Pattern pattern) {
        return lines.stream().map(pattern::matcher).filter(Matcher::find).findFirst();
    }

    private boolean says(String words) {
        return causes().anyMatch(cause -> cause.toLowerCase(Locale.ROOT).contains(words.toLowerCase(Locale.ROOT)));
    }

    private Optional<String> says(Pattern pattern) {
        return causes().map(pattern::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .findFirst();
    }

    private Stream<String> causes() {
        return Stream.<Throwable>iterate(failure, cause -> cause != null, Throwable::getCause)
                .map(cause -> String.valueOf(cause.getMessage()));
    }

    private Throwable root() {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
