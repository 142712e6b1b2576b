package dev.foreignarch.engines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foreignarch.engine.EngineFacts;
import dev.foreignarch.engine.ImageStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A row of the guide's table of engines.
 *
 * @param engine product and version as far as it matters, then what is special about it
 * @param name what the build calls it
 * @param handlers whether it uses the handlers of the machine
 * @param registering what registers a handler there
 * @param runs what was run there
 */
record TestedEngine(String engine, String name, String handlers, String registering, String runs) {

    static final Path PAGE = Path.of("..", "docs", "engines.md");

    /** Of an engine whose version is not ours to choose. */
    private static final String OR_NEWER = " or newer, ";

    private static final String CELL = " \\| ";

    /** Read the table. */
    static List<TestedEngine> all() throws IOException {
        try (Stream<String> lines = Files.lines(PAGE)) {
            return lines.filter(line -> line.startsWith("| ") && line.contains("` |"))
                    .map(line -> line.substring(2, line.length() - 2).split(CELL, -1))
                    .filter(cells -> cells.length == 5)
                    .map(cells -> new TestedEngine(cells[0], cells[1].replace("`", ""), cells[2], cells[3], cells[4]))
                    .toList();
        }
    }

    /** Return the row of the engine that this build tests. */
    static TestedEngine current() throws IOException {
        String name = Objects.requireNonNullElse(System.getenv("FOREIGNARCH_ENGINE"), "docker");
        return all().stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(PAGE + " has no row for " + name));
    }

    /** Return whether an engine of that version is one of those that this row tells of. */
    boolean tells(String product, String version) {
        String told = engine.split("[, ](?![0-9])")[0];
        if (!engine.startsWith(told + OR_NEWER)) {
            return (product + " " + version).startsWith(told + ".");
        }
        return told.equals(product + " " + told.substring(told.lastIndexOf(' ') + 1)) && major(version) >= major(told);
    }

    private static int major(String version) {
        return Integer.parseInt(version.replaceFirst(".* ", "").replaceFirst("\\D.*", ""));
    }

    /** Compare what the engine says of itself. */
    void assertIs(EngineFacts facts) {
        assertThat(tells(facts.product(), facts.version()))
                .as("%s tells of %s %s", engine, facts.product(), facts.version())
                .isTrue();
        assertThat(facts.rootless()).isEqualTo(engine.contains("rootless"));
        assertThat(facts.imageStore() == ImageStore.CONTAINERD).isEqualTo(engine.contains("containerd"));
    }
}
