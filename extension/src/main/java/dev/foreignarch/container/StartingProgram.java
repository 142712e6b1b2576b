package dev.foreignarch.container;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.arch.ElfIdentity;
import dev.foreignarch.engine.DormantContainer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The program that a container starts with, found as the engine finds it.
 *
 * @param command the program as the container names it, and its arguments
 * @param path where it is; as the container names it if it is not in the image
 * @param beginning its first bytes; none if it is not in the image
 */
record StartingProgram(List<String> command, String path, byte[] beginning) {

    private static final int LENGTH = 256;
    private static final String USUAL_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /** Programs that do hardly anything themselves, but start others. */
    private static final Set<String> STARTERS =
            Set.of("sh", "ash", "bash", "dash", "ksh", "mksh", "zsh", "fish", "csh", "tcsh", "env", "busybox");

    StartingProgram {
        command = List.copyOf(command);
    }

    static StartingProgram of(DormantContainer container) {
        List<String> command = container.command();
        String name = command.get(0);
        return candidates(name, container)
                .flatMap(
                        path -> container
                                .readBeginning(path, LENGTH)
                                .map(beginning -> new StartingProgram(command, path, beginning))
                                .stream())
                .findFirst()
                .orElseGet(() -> new StartingProgram(command, name, new byte[0]));
    }

    private static Stream<String> candidates(String name, DormantContainer container) {
        if (name.startsWith("/")) {
            return Stream.of(name);
        }
        if (name.contains("/")) {
            return Stream.of(container.directory() + "/" + name);
        }
        String path =
                container.variable("PATH").filter(value -> !value.isEmpty()).orElse(USUAL_PATH);
        return Arrays.stream(path.split(":", -1))
                .filter(folder -> folder.startsWith("/"))
                .map(folder -> folder + "/" + name);
    }

    /** Return the program that runs it as a script, if that would start other programs. */
    Optional<String> starter() {
        return interpreter().map(words -> words.get(0)).filter(interpreter -> STARTERS.contains(name(interpreter)));
    }

    /**
     * Return the command with an emulator before it. What the emulator can't run stays as it is: a native program that was
     * copied into the container, for example.
     *
     * @param emulator path of the emulator
     */
    List<String> emulated(String emulator, Architecture architecture) {
        List<String> result = new ArrayList<>();
        Optional<List<String>> interpreter = interpreter();
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

    /** Return the program that a script names in its first line, and the argument behind it. */
    private Optional<List<String>> interpreter() {
        String line = new String(beginning, UTF_8).lines().findFirst().orElse("");
        return line.startsWith("#!")
                ? Optional.of(Arrays.asList(line.substring(2).strip().split("\\s+", 2)))
                : Optional.empty();
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
