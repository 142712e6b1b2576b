package dev.foreignarch.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the JVMs of a run have seen.
 *
 * <pre>
 * JVM.cells     what one JVM of the run has seen
 * JVM.closed    that it will see no more
 * </pre>
 *
 * @param folder where it is
 */
record StoredRun(Path folder) {

    private static final String CELLS = ".cells";
    private static final String CLOSED = ".closed";

    /** Let a JVM take part. */
    CellFile open(ProcessIdentity jvm) throws IOException {
        Files.createDirectories(folder);
        Files.deleteIfExists(folder.resolve(jvm + CLOSED));
        CellFile cells = new CellFile(folder.resolve(jvm + CELLS));
        cells.create();
        return cells;
    }

    /** Note that a JVM has told all. */
    void close(ProcessIdentity jvm) throws IOException {
        Files.createDirectories(folder);
        Files.write(folder.resolve(jvm + CLOSED), new byte[0]);
    }

    /** Return the JVMs that have results, in the order of their start. */
    private List<ProcessIdentity> jvms() throws IOException {
        return children(folder).stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> name.endsWith(CELLS))
                .flatMap(name -> ProcessIdentity.parse(name.substring(0, name.length() - CELLS.length())).stream())
                .sorted(Comparator.comparingLong(ProcessIdentity::start).thenComparingLong(ProcessIdentity::pid))
                .toList();
    }

    /** Return the results of all JVMs. */
    List<CellResult> results() throws IOException {
        List<CellResult> results = new ArrayList<>();
        for (ProcessIdentity jvm : jvms()) {
            results.addAll(new CellFile(folder.resolve(jvm + CELLS)).read());
        }
        return results;
    }

    /** Return when it began and ended, and the classes that it has. */
    Builds.Span span() throws IOException {
        long end = isOver() ? 0 : Long.MAX_VALUE;
        for (Path file : children(folder)) {
            end = Math.max(end, Files.getLastModifiedTime(file).toMillis());
        }
        Set<String> classes = results().stream()
                .map(result -> result.module() + '\n' + result.address().type())
                .collect(Collectors.toSet());
        long start = jvms().stream().mapToLong(ProcessIdentity::start).min().orElse(end);
        return new Builds.Span(folder, start, end, classes);
    }

    private boolean isClosed(ProcessIdentity jvm) {
        return Files.exists(folder.resolve(jvm + CLOSED));
    }

    /** Return whether no JVM is still to add to it. */
    boolean isOver() throws IOException {
        return jvms().stream().noneMatch(jvm -> !isClosed(jvm) && jvm.isAlive());
    }

    /** Count the JVMs that ended without a word. */
    long lost() throws IOException {
        return jvms().stream().filter(jvm -> !isClosed(jvm) && !jvm.isAlive()).count();
    }

    void delete() throws IOException {
        for (Path file : children(folder)) {
            Files.deleteIfExists(file);
        }
        Files.deleteIfExists(folder);
    }

    static List<Path> children(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
