package dev.foreignarch.doctor;

import dev.foreignarch.arch.Architecture;
import java.util.ArrayList;
import java.util.List;

/**
 * What the doctor is asked to do.
 *
 * @param task the task
 * @param architectures the architectures that it is about; none means all
 * @param json whether the report is for machines
 */
record CommandLine(Task task, List<Architecture> architectures, boolean json) {

    static final String HELP = """
            Tells which CPU architectures the container engine can run, and what to do
            about the others.

              doctor [--json] [ARCHITECTURE...]   what runs, of these or of all
              doctor [--json] --fix ARCHITECTURE...
                                                  registers emulators for these, and
                                                  replaces those that do not work
              doctor --undo                       removes the emulators that ForeignArch
                                                  has registered, and no others
            An architecture has any of its usual names: arm32v7, linux/arm/v7, armhf.

            Exit code: 0 done, and all ARCHITECTUREs that were named run; 1 one of them does
            not; 2 no engine answers, or it does not run containers; 64 wrong usage.
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
        for (String word : words) {
            switch (word) {
                case "--json" -> json = true;
                case "--fix" -> task = Task.FIX;
                case "--undo" -> task = Task.UNDO;
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
        if (task == Task.UNDO && (json || !architectures.isEmpty())) {
            throw new IllegalArgumentException("--undo stands alone.");
        }
        return new CommandLine(task, List.copyOf(architectures), json);
    }
}
