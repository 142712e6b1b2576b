package dev.foreignarch.doctor;

import dev.foreignarch.arch.Architecture;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What the doctor is asked to do.
 *
 * @param task the task
 * @param architectures the architectures that it is about; none means all
 * @param json whether the report is for machines
 * @param image image to take emulators from, if one is named
 */
record CommandLine(Task task, List<Architecture> architectures, boolean json, Optional<String> image) {

    static final String HELP = """
            Tells which CPU architectures the container engine can run, and what to do
            about the others.

              doctor [--json] [ARCHITECTURE...]   what runs, of these or of all
              doctor [--json] --fix [--image IMAGE] ARCHITECTURE...
                                                  registers emulators for these, and
                                                  replaces those that do not work;
                                                  QEMU is taken from IMAGE, if named
              doctor --undo                       removes the emulators that ForeignArch
                                                  has registered, and no others
            An architecture has any of its usual names: arm32v7, linux/arm/v7, armhf.

            Exit code: 0 done, and all ARCHITECTUREs that were named run; 1 one of them does
            not, or would not for longer than the doctor lives; 2 no engine answers, or it
            does not run containers; 64 wrong usage.
            """;

    /** What can be asked for. */
    enum Task {
        EXAMINE,
        FIX,
        UNDO,
        HELP
    }

    /**
     * Read the arguments.
     *
     * @throws IllegalArgumentException if they make no sense; the message says why
     */
    static CommandLine parse(List<String> arguments) {
        Task task = Task.EXAMINE;
        boolean json = false;
        List<Architecture> architectures = new ArrayList<>();
        // The name of the command is part of the call: java -jar foreignarch.jar doctor …
        List<String> words = !arguments.isEmpty() && arguments.get(0).equals("doctor")
                ? arguments.subList(1, arguments.size())
                : arguments;
        Optional<String> image = Optional.empty();
        for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
            String word = rest.next();
            switch (word) {
                case "--json" -> json = true;
                case "--fix" -> task = Task.FIX;
                case "--undo" -> task = Task.UNDO;
                case "--image" -> image = Optional.of(imageAmong(rest));
                case "--help", "-h" -> task = Task.HELP;
                default -> {
                    if (word.startsWith("-")) {
                        throw new IllegalArgumentException("There is no option " + word + ".");
                    }
                    architectures.add(Architecture.of(word));
                }
            }
        }
        if (task == Task.FIX && architectures.isEmpty()) {
            throw new IllegalArgumentException("--fix needs the names of the architectures that are to run.");
        }
        if (task == Task.UNDO && (json || image.isPresent() || !architectures.isEmpty())) {
            throw new IllegalArgumentException("--undo stands alone.");
        }
        if (task == Task.EXAMINE && image.isPresent()) {
            throw new IllegalArgumentException("--image needs --fix: nothing else takes an emulator from it.");
        }
        return new CommandLine(task, List.copyOf(architectures), json, image);
    }

    private static String imageAmong(Iterator<String> rest) {
        String name = rest.hasNext() ? rest.next() : "";
        if (name.isBlank() || name.startsWith("-")) {
            throw new IllegalArgumentException("--image needs the name of an image that has QEMU in it.");
        }
        return name;
    }
}
