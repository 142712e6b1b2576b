package dev.foreignarch.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.foreignarch.report.RunIdentity.Extent;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The folder of the report, which all JVMs of a build share, and one after the other write to.
 *
 * <pre>
 * matrix.html, matrix.md        the table of the last build
 * runs/STARTER/RUN/             what the JVMs of one run have seen, see {@link StoredRun}
 * </pre>
 *
 * Results of builds that have ended are removed when another begins, or when it is known for another.
 *
 * @param path the folder
 * @param run this JVM's run
 * @param jvm this JVM
 */
record ReportDirectory(Path path, RunIdentity run, ProcessIdentity jvm) {

    private static final String MARKDOWN = "matrix.md";
    private static final String HTML = "matrix.html";

    /** Locks of files are those of a JVM, so its own threads need another. */
    private static final Object THREADS = new Object();

    /** Return the folder of this JVM's build. */
    static ReportDirectory of(Path path, String session) {
        return new ReportDirectory(path, RunIdentity.ofThisJvm(session), ProcessIdentity.thisJvm());
    }

    /** Make the folder ready for this JVM's results, and remove those of earlier builds. */
    CellFile open() throws IOException {
        return locked(() -> {
            if (!Files.exists(ofStarter()) || run.extent() == Extent.ALONE) {
                // A JVM that dies leaves no table, and so none that is another build's.
                Files.deleteIfExists(path.resolve(MARKDOWN));
                Files.deleteIfExists(path.resolve(HTML));
            }
            for (Path other : StoredRun.children(path.resolve("runs"))) {
                Optional<ProcessIdentity> starter =
                        ProcessIdentity.parse(other.getFileName().toString());
                if (starter.isPresent()
                        && !starter.get().equals(run.starter())
                        && !starter.get().isAlive()) {
                    for (Path each : StoredRun.children(other)) {
                        new StoredRun(each).delete();
                    }
                    Files.deleteIfExists(other);
                }
            }
            return mine().open(jvm);
        });
    }

    /**
     * Write the table of all that is known of the build.
     *
     * @return the table, if no other JVM of the build is still to add to it
     */
    Optional<Matrix> close(Optional<StepSummary> summary) throws IOException {
        return locked(() -> {
            mine().close(jvm);
            List<StoredRun> build = build();
            Matrix matrix = matrix(build);
            String markdown = new MarkdownMatrix(matrix).render();
            write(MARKDOWN, markdown);
            write(HTML, new HtmlMatrix(matrix).render());
            if (summary.isPresent()) {
                summary.get().put(path.toString(), markdown);
            }
            for (StoredRun each : build) {
                if (!each.isOver()) {
                    return Optional.empty();
                }
            }
            return Optional.of(matrix);
        });
    }

    private static Matrix matrix(List<StoredRun> build) throws IOException {
        List<List<CellResult>> runs = new ArrayList<>();
        long lost = 0;
        for (StoredRun each : build) {
            runs.add(each.results());
            lost += each.lost();
        }
        return Matrix.of(runs, lost);
    }

    /** Return the runs of this JVM's build, in the order of their start, and remove those of earlier ones. */
    private List<StoredRun> build() throws IOException {
        List<Builds.Span> all = new ArrayList<>();
        for (Path each : StoredRun.children(ofStarter())) {
            all.add(new StoredRun(each).span());
        }
        List<Builds.Span> build = switch (run.extent()) {
            case ALL -> Builds.inOrder(all);
            case UNTIL_REPEATED -> Builds.around(mine().folder(), all);
            case ALONE -> List.of(mine().span());
        };
        for (Builds.Span other : all) {
            StoredRun stored = new StoredRun(other.folder());
            if (!build.contains(other) && other.start() <= build.get(0).start() && stored.isOver()) {
                stored.delete();
            }
        }
        return build.stream().map(span -> new StoredRun(span.folder())).toList();
    }

    private Path ofStarter() {
        return path.resolve("runs").resolve(run.starter().toString());
    }

    private StoredRun mine() {
        return new StoredRun(ofStarter().resolve(run.name()));
    }

    private void write(String name, String text) throws IOException {
        Path partial = path.resolve(name + ".part");
        Files.writeString(partial, text, UTF_8);
        Files.move(partial, path.resolve(name), ATOMIC_MOVE, REPLACE_EXISTING);
    }

    private <T> T locked(Uninterrupted.Work<T> work) throws IOException {
        return Uninterrupted.call(() -> alone(work));
    }

    private <T> T alone(Uninterrupted.Work<T> work) throws IOException {
        synchronized (THREADS) {
            Files.createDirectories(path.resolve("runs"));
            try (FileChannel channel = FileChannel.open(path.resolve("runs").resolve("lock"), CREATE, WRITE)) {
                FileLock lock = channel.lock();
                T result = work.run();
                lock.release();
                return result;
            }
        }
    }
}
