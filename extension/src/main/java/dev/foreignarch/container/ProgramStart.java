package dev.foreignarch.container;

import java.util.List;

/**
 * The start of a program by another one.
 *
 * @param command the program as it is named, and its arguments
 * @param directory the directory that it is started in
 */
record ProgramStart(List<String> command, String directory) {

    ProgramStart {
        command = List.copyOf(command);
    }

    String name() {
        return command.get(0);
    }

    /** Return the name without the folders before it. */
    String shortName() {
        return name().substring(name().lastIndexOf('/') + 1);
    }

    List<String> arguments() {
        return command.subList(1, command.size());
    }

    ProgramStart with(List<String> other) {
        return new ProgramStart(other, directory);
    }
}
