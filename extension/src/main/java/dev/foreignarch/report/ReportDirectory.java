package dev.foreignarch.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder of the report, which all JVMs of a build share, and one after the other write to.
 *
 * <pre>
 * matrix.html, matrix.md        the table of the last build
 * runs/BUILD/JVM.cells          what one JVM of the build has seen
 * runs/BUILD/JVM.closed         that it will see no more
 * </pre>
 *
 * Results of builds that have ended are removed when another begins.
 *
 * @param path the folder
 * @param build the build
 * @param jvm this JVM
 */
record ReportDirectory(Path path, ProcessIdentity build, ProcessIdentity jvm) {

    private static final String CELLS = ".cells";
    private static final String CLOSED = ".closed";

    /** Locks of files are those of a JVM, so its own threads need another. */
    private static final Object THREADS = new Object();

    /** Return the folder of this JVM's build. */
    static ReportDirectory of(Path path) {
        return new ReportDirectory(path, ProcessIdentity.build(), ProcessIdentity.thisJvm());
    }

    /** Make the folder ready for this JVM's results, and remove those of earlier builds. */
    CellFile open() throws IOException {
        return locked(() -> {
            for (Path other : children(path.resolve("runs"))) {
                Optional<ProcessIdentity> builder =
                        ProcessIdentity.parse(other.getFileName().toString());
                if (builder.isPresent()
                        && !builder.get().equals(build)
                        && !builder.get().isAlive()) {
                    for (Path file : children(other)) {
                        Files.deleteIfExists(file);
                    }
                    Files.deleteIfExists(other);
                }
            }
            Files.deleteIfExists(mine(CLOSED));
            CellFile cells = new CellFile(mine(CELLS));
            cells.create();
            return cells;
        });
    }

    /**
     * Write the table of all that is known of the build.
     *
     * @return the table, if no other JVM of the build is still to add to it
     */
    Optional<Matrix> close(Optional<StepSummary> summary) throws IOException {
        return locked(() -> {
            Files.write(mine(CLOSED), new byte[0]);
            Matrix matrix = Matrix.of(read());
            String markdown = new MarkdownMatrix(matrix).render();
            write("matrix.md", markdown);
            write("matrix.html", new HtmlMatrix(matrix).render());
            if (summary.isPresent()) {
                summary.get().put(path.toString(), markdown);
            }
            return hasOthers() ? Optional.empty() : Optional.of(matrix);
        });
    }

    private List<List<CellResult>> read() throws IOException {
        List<List<CellResult>> results = new ArrayList<>();
        for (ProcessIdentity each : jvms()) {
            results.add(new CellFile(run().resolve(each + CELLS)).read());
        }
        return results;
    }

    /** Return the JVMs of the build that have results, in the order of their start. */
    private List<ProcessIdentity> jvms() throws IOException {
        return children(run()).stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> name.endsWith(CELLS))
                .flatMap(name -> ProcessIdentity.parse(name.substring(0, name.length() - CELLS.length())).stream())
                .sorted(Comparator.comparingLong(ProcessIdentity::start).thenComparingLong(ProcessIdentity::pid))
                .toList();
    }

    private boolean hasOthers() throws IOException {
        return jvms().stream()
                .filter(other -> !other.equals(jvm))
                .filter(other -> !Files.exists(run().resolve(other + CLOSED)))
                .anyMatch(ProcessIdentity::isAlive);
    }

    private Path run() {
        return path.resolve("runs").resolve(build.toString());
    }

    private Path mine(String suffix) {
        return run().resolve(jvm + suffix);
    }

    private void write(String name, String text) throws IOException {
        Path partial = path.resolve(name + ".part");
        Files.writeString(partial, text, UTF_8);
        Files.move(partial, path.resolve(name), ATOMIC_MOVE, REPLACE_EXISTING);
    }

    private static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private <T> T locked(Uninterrupted.Work<T> work) throws IOException {
        return Uninterrupted.call(() -> alone(work));
    }

    private <T> T alone(Uninterrupted.Work<T> work) throws IOException {
        synchronized (THREADS) {
            Files.createDirectories(run());
            try (FileChannel channel = FileChannel.open(path.resolve("runs").resolve("lock"), CREATE, WRITE)) {
                FileLock lock = channel.lock();
                T result = work.run();
                lock.release();
                return result;
            }
        }
    }
}
