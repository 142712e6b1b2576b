package dev.foreignarch.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foreignarch.samples.jvm.LibraryTests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Looks at the table of tests and architectures of the samples' run, which several JVMs have filled. */
@Tag("reports")
class MatrixReportTests {

    private static final Path FOLDER = Path.of("target/foreignarch");

    @Test
    void hasRowForEachTestAndColumnForEachArchitecture() throws Exception {
        List<String> rows = Files.readAllLines(FOLDER.resolve("matrix.md"));

        String redis = row(rows, "RedisImageTests › returnsWhatWasStored");
        String library = row(rows, "LibraryTests › sqlite");

        assertEquals(4, count(redis, "✅"), redis);
        assertEquals(3, count(library, "✅"), library);
        assertEquals(1, count(library, "⏭️"), library);
        assertTrue(Files.readString(FOLDER.resolve("matrix.html")).contains(LibraryTests.class.getName()));
    }

    private static String row(List<String> rows, String test) {
        return rows.stream()
                .filter(row -> row.startsWith("| " + test))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no row of " + test + " in " + rows));
    }

    private static int count(String row, String sign) {
        return row.split(sign, -1).length - 1;
    }
}
