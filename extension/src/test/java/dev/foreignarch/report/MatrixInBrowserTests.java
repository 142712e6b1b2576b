package dev.foreignarch.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foreignarch.arch.Architecture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The HTML in a real browser: small and large, on a desk and on a phone. Pictures are in target/matrix-pictures. */
@Tag("engine")
class MatrixInBrowserTests {

    private static final Path PICTURES = Path.of("target/matrix-pictures");

    @TempDir
    Path folder;

    @Test
    void a_click_opens_the_failure_with_its_log_and_escape_closes_it() throws Exception {
        String answer = Browser.in(folder).ask(table(3, 4), 1200, """
                        (() => {
                          page.querySelector('td.failed button').click();
                          const dialog = page.querySelector('dialog');
                          const told = [dialog.open, dialog.querySelector('h2').textContent,
                              dialog.textContent.includes('expected: <big> but was: <little>'),
                              dialog.textContent.includes('server: out of luck')];
                          dialog.close();
                          return told.concat(dialog.open).join('; ');
                        })()
                        """);

        assertThat(answer).isEqualTo("true; CodecTests › roundTrip1; true; true; false");
    }

    @Test
    void only_what_failed_can_be_shown() throws Exception {
        String answer = Browser.in(folder).ask(table(60, 10), 1200, """
                        (() => {
                          const shown = () => [...page.querySelectorAll('tr.sound, tr.failed')]
                              .filter(row => row.offsetParent !== null).length;
                          const all = shown();
                          page.getElementById('only').click();
                          return all + ' ' + shown();
                        })()
                        """);

        assertThat(answer).isEqualTo("60 3");
    }

    @ParameterizedTest
    @CsvSource({"3, 4, 1200", "3, 4, 360", "60, 10, 1200", "60, 10, 360"})
    void the_page_is_as_wide_as_the_window_and_heads_stay_in_sight(int rows, int columns, int width) throws Exception {
        String answer = Browser.in(folder).ask(table(rows, columns), width, """
                        (() => {
                          const box = page.querySelector('.table');
                          box.scrollTo(10000, 10000);
                          const head = page.querySelector('thead th:last-child').getBoundingClientRect();
                          const name = page.querySelector('tbody tr:last-child th').getBoundingClientRect();
                          const around = box.getBoundingClientRect();
                          return [page.documentElement.scrollWidth <= %d,
                              Math.abs(head.top - around.top) < 3, Math.abs(name.left - around.left) < 3].join(' ');
                        })()
                        """.formatted(width));

        assertThat(answer).isEqualTo("true true true");
    }

    @ParameterizedTest
    @CsvSource({
        "small-light, 3, 4, 1000, 640, false",
        "small-dark, 3, 4, 1000, 640, true",
        "large-light, 60, 10, 1400, 1100, false",
        "large-phone, 60, 10, 500, 900, false"
    })
    void pictures_can_be_made(String name, int rows, int columns, int width, int height, boolean dark)
            throws Exception {
        Files.createDirectories(PICTURES);
        Path picture = PICTURES.resolve(name + ".png");
        Files.deleteIfExists(picture);

        Browser.in(folder).paint(table(rows, columns), width, height, dark, picture);

        assertThat(picture).exists().isNotEmptyFile();
    }

    private static String table(int rows, int columns) {
        List<CellResult> cells = new ArrayList<>();
        Architecture[] architectures = Architecture.values();
        for (int row = 0; row < rows; row++) {
            String type = row < 40 ? "CodecTests" : "TheClassWithTheLongNameThatItsAuthorFoundNecessaryTests";
            for (int column = 0; column < columns; column++) {
                cells.add(cell(type + ".roundTrip" + row, architectures[column], row, column));
            }
        }
        return new HtmlMatrix(Matrix.of(List.of(cells))).render();
    }

    private static CellResult cell(String test, Architecture architecture, int row, int column) {
        long millis = column == 0 ? 10 + row : (10 + row) * (5L + column);
        if (row % 20 == 1 && column == 3) {
            return Cells.with(
                    Cells.failed(test, architecture, millis),
                    List.of(new Attachment("/build/target/server.log", "server: out of luck")));
        }
        return row % 7 == 2 && column == 2
                ? Cells.skipped(test, architecture, "it has no library")
                : Cells.passed(test, architecture, millis);
    }
}
