package dev.foreignarch.container;

import dev.foreignarch.engine.ContainerFile;
import dev.foreignarch.engine.StartingPoint;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds programs by their names, as a container does.
 *
 * @param start what the container starts with
 */
record ProgramLookup(StartingPoint start) {

    /** Enough for the headers of a program, and for all of a script. */
    static final int LENGTH = 64 << 10;

    static final String USUAL_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /**
     * Find a program.
     *
     * @param name its name, or a path to it
     * @param directory what a relative path begins at
     * @return the program's file; absent if the container has none
     */
    Optional<ContainerFile> find(String name, String directory) {
        return candidates(name, directory)
                .flatMap(path -> start.find(path, LENGTH).stream())
                .filter(ContainerFile::executable)
                .findFirst();
    }

    private Stream<String> candidates(String name, String directory) {
        if (name.contains("/")) {
            return Stream.of(absolute(name, directory));
        }
        String path = start.variable("PATH").filter(value -> !value.isEmpty()).orElse(USUAL_PATH);
        return Arrays.stream(path.split(":", -1))
                .filter(folder -> folder.startsWith("/"))
                .map(folder -> absolute(name, folder));
    }

    /** Return a path that may be relative to a directory as one that is not. */
    static String absolute(String path, String directory) {
        return path.startsWith("/") ? path : directory + (directory.endsWith("/") ? "" : "/") + path;
    }
}
