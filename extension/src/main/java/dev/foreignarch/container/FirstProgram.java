package dev.foreignarch.container;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.arch.ElfIdentity;
import dev.foreignarch.engine.ContainerFile;
import dev.foreignarch.engine.EngineException;
import dev.foreignarch.engine.StartingPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows a container's command to the program that is left when launchers, shells and scripts have done their part, and
 * reads each program on the way.
 *
 * @param start what the container starts with
 * @param architecture the architecture that the programs must be for
 */
record FirstProgram(StartingPoint start, Architecture architecture) {

    private static final Logger LOG = LoggerFactory.getLogger(FirstProgram.class);

    /** Scripts that start scripts that start scripts are taken for a circle. */
    private static final int MOST_STEPS = 12;

    private static final Set<String> SHELLS = Set.of("sh", "ash", "bash", "dash", "ksh", "mksh", "zsh");

    /** What the programs are. */
    sealed interface Reading {

        /** Nothing that is wrong, as far as it can be told from the command and the files. */
        record Right() implements Reading {}

        /** A program that the container does not have (yet), or that the engine does not show. */
        record Absent() implements Reading {}

        /** A program that can't run on the architecture. */
        record Wrong(String path, ElfIdentity identity) implements Reading {}
    }

    Reading read() {
        try {
            return read(new ProgramStart(start.command(), start.directory()), MOST_STEPS);
        } catch (EngineException notShown) {
            LOG.debug("It can't be told what a container starts with", notShown);
            return new Reading.Absent();
        }
    }

    private Reading read(ProgramStart program, int steps) {
        if (steps == 0 || program.command().isEmpty()) {
            return new Reading.Right();
        }
        if (program.shortName().matches("qemu-[a-z0-9_]+(-static)?")) {
            return behindEmulator(program.arguments())
                    .map(behind -> read(program.with(behind), steps - 1))
                    .orElseGet(Reading.Right::new);
        }
        return new ProgramLookup(start)
                .find(program.name(), program.directory())
                .map(file -> read(program, file, steps))
                .orElseGet(Reading.Absent::new);
    }

    /** An emulator that stands before the command is a program of the engine's host, and means to be. */
    private static Optional<List<String>> behindEmulator(List<String> arguments) {
        int program = !arguments.isEmpty() && arguments.get(0).equals("-0") ? 2 : 0;
        return program < arguments.size() && !arguments.get(program).startsWith("-")
                ? Optional.of(arguments.subList(program, arguments.size()))
                : Optional.empty();
    }

    private Reading read(ProgramStart program, ContainerFile file, int steps) {
        Optional<ElfIdentity> identity = ElfIdentity.read(file.beginning());
        if (identity.isPresent()) {
            return identity.get().mayRunOn(architecture)
                    ? next(program).map(started -> read(started, steps - 1)).orElseGet(Reading.Right::new)
                    : new Reading.Wrong(file.path(), identity.get());
        }
        return interpreter(file.beginning())
                .map(interpreter -> {
                    List<String> command = new ArrayList<>(interpreter);
                    command.add(file.path());
                    command.addAll(program.arguments());
                    return read(program.with(command), steps - 1);
                })
                .orElseGet(Reading.Right::new);
    }

    private Optional<ProgramStart> next(ProgramStart program) {
        ProgramStart applet =
                program.shortName().equals("busybox") && !program.arguments().isEmpty()
                        ? program.with(program.arguments())
                        : program;
        return SHELLS.contains(applet.shortName()) ? startedByShell(applet) : Launchers.startedBy(applet);
    }

    private Optional<ProgramStart> startedByShell(ProgramStart shell) {
        List<String> arguments = shell.arguments();
        int first = 0;
        while (first < arguments.size()
                && arguments.get(first).matches("-[elux]+|--norc|--noprofile|--login|--posix")) {
            first++;
        }
        if (first == arguments.size()) {
            return Optional.empty();
        }
        String argument = arguments.get(first);
        List<String> behind = arguments.subList(first + 1, arguments.size());
        if (argument.matches("-[elux]*c")) {
            // The second one is what the text knows as $0.
            return behind.isEmpty()
                    ? Optional.empty()
                    : ShellLine.program(
                            behind.get(0),
                            behind.subList(Math.min(2, behind.size()), behind.size()),
                            shell.directory());
        }
        return argument.startsWith("-")
                ? Optional.empty()
                : script(ProgramLookup.absolute(argument, shell.directory()))
                        .flatMap(text -> ShellLine.program(text, behind, shell.directory()));
    }

    private Optional<String> script(String path) {
        return start.find(path, ProgramLookup.LENGTH)
                .map(ContainerFile::beginning)
                .filter(content -> content.length < ProgramLookup.LENGTH)
                .map(content -> new String(content, UTF_8));
    }

    /** Return the program that a script names in its first line, and the argument behind it. */
    static Optional<List<String>> interpreter(byte[] beginning) {
        String line = new String(beginning, UTF_8).lines().findFirst().orElse("");
        return line.startsWith("#!") && !line.substring(2).isBlank()
                ? Optional.of(List.of(line.substring(2).strip().split("\\s+", 2)))
                : Optional.empty();
    }
}
