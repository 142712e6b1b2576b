package dev.foreignarch.samples.guide;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The project's texts and the code that they quote. */
final class Guide {

    /** Surefire says by a property where this module is; an IDE by the working directory. */
    private static final Path ROOT =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();

    private static final List<String> TEST_SOURCES =
            List.of("sample-tests/src/test/java", "extension/src/test/java", "extension/src/it");

    private Guide() {}

    /** Find README.md, its neighbors, and all of docs/. */
    static List<Document> documents() {
        return Stream.concat(files(ROOT, 1), files(ROOT.resolve("docs"), Integer.MAX_VALUE))
                .filter(file -> file.toString().endsWith(".md"))
                .sorted()
                .map(Document::new)
                .toList();
    }

    /** Return one of the documents by its path from the project's root on. */
    static Document document(String path) {
        return new Document(ROOT.resolve(path));
    }

    /** Find all classes of tests: samples, the extension's own, and those of the projects that use it. */
    static List<Path> testSources() {
        return TEST_SOURCES.stream()
                .map(ROOT::resolve)
                .flatMap(folder -> files(folder, Integer.MAX_VALUE))
                .filter(file -> file.toString().endsWith(".java"))
                .toList();
    }

    private static Stream<Path> files(Path folder, int depth) {
        try (Stream<Path> files = Files.walk(folder, depth)) {
            return files.filter(Files::isRegularFile).toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Read a text, whatever the ends of its lines are on this machine. */
    static String read(Path file) {
        try {
            return String.join("\n", Files.readAllLines(file)) + "\n";
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * A text in Markdown.
     *
     * @param file where it is
     */
    record Document(Path file) {

        String text() {
            return read(file);
        }

        @Override
        public String toString() {
            return ROOT.relativize(file).toString();
        }
    }
}
