package dev.foreignarch.container;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.arch.ElfIdentity;
import dev.foreignarch.engine.StartingPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The program that a container starts with, found as the engine finds it.
 *
 * @param command the program as the container names it, and its arguments
 * @param path where it is; as the container names it if it is not in the image
 * @param beginning its first bytes; none if it is not in the image
 */
record StartingProgram(List<String> command, String path, byte[] beginning) {

    /** Programs that do hardly anything themselves, but start others. */
    private static final Set<String> STARTERS =
            Set.of("sh", "ash", "bash", "dash", "ksh", "mksh", "zsh", "fish", "csh", "tcsh", "env", "busybox");

    StartingProgram {
        command = List.copyOf(command);
    }

    static StartingProgram of(StartingPoint container) {
        List<String> command = container.command();
        return new ProgramLookup(container)
                .find(command.get(0), container.directory())
                .map(file -> new StartingProgram(command, file.asked(), file.beginning()))
                .orElseGet(() -> new StartingProgram(command, command.get(0), new byte[0]));
    }

    /** Return the program that runs it as a script, if that would start other programs. */
    Optional<String> starter() {
        return FirstProgram.interpreter(beginning)
                .map(words -> words.get(0))
                .filter(interpreter -> STARTERS.contains(name(interpreter)));
    }

    /**
     * Return the command with an emulator before it. What the emulator can't run stays as it is: a native program that was
     * copied into the container, for example.
     *
     * @param emulator path of the emulator
     */
    List<String> emulated(String emulator, Architecture architecture) {
        List<String> result = new ArrayList<>();
        Optional<List<String>> interpreter = FirstProgram.interpreter(beginning);
        if (interpreter.isPresent()) {
            result.add(emulator);
            result.addAll(interpreter.get());
            result.add(path);
        } else if (isFor(architecture)) {
            result.addAll(List.of(emulator, "-0", command.get(0), path));
        } else {
            return command;
        }
        result.addAll(command.subList(1, command.size()));
        return result;
    }

    /** What is not in the image may be copied into the container. */
    private boolean isFor(Architecture architecture) {
        return beginning.length == 0
                || ElfIdentity.read(beginning)
                        .filter(architecture.elf()::equals)
                        .isPresent();
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
