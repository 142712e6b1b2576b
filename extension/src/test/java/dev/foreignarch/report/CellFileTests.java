package dev.foreignarch.report;

import static dev.foreignarch.arch.Architecture.ARM32V7;
import static dev.foreignarch.arch.Architecture.S390X;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CellFileTests {

    private static final CellResult FIRST = Cells.marked(
            Cells.with(
                    Cells.failed("A.größer › [1] 😀", S390X, 1_234),
                    List.of(new Attachment("/logs/1.log", "one\ntwo"))),
            "also ran native: postgres:15",
            "größer");
    private static final CellResult SECOND = Cells.skipped("A.b", ARM32V7, "x".repeat(100_000));

    private CellFile file;

    @BeforeEach
    void write(@TempDir Path folder) throws Exception {
        file = new CellFile(folder.resolve("cells"));
        file.append(FIRST);
        file.append(SECOND);
    }

    @Test
    void gives_back_what_it_got() throws Exception {
        assertThat(file.read()).containsExactly(FIRST, SECOND);
    }

    @Test
    void gives_what_is_whole_wherever_its_writer_was_killed() throws Exception {
        byte[] all = Files.readAllBytes(file.path());
        for (int length : new int[] {0, 3, 4, 5, 40, all.length - 1}) {
            Files.write(file.path(), Arrays.copyOf(all, length));

            assertThat(file.read())
                    .as("the first %d bytes", length)
                    .isEqualTo(length == all.length - 1 ? List.of(FIRST) : List.of());
        }
    }
}
