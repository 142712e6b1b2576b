package dev.foreignarch.report;

import static dev.foreignarch.arch.Architecture.AMD64;
import static dev.foreignarch.arch.Architecture.ARM32V7;
import static dev.foreignarch.arch.Architecture.S390X;
import static dev.foreignarch.report.Cells.cell;
import static dev.foreignarch.report.Cells.failed;
import static dev.foreignarch.report.Cells.marked;
import static dev.foreignarch.report.Cells.passed;
import static dev.foreignarch.report.Cells.skipped;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The table as text, as Markdown and as HTML. */
class RenderedMatrixTests {

    private static final Matrix MATRIX = Matrix.of(List.of(List.of(
            passed("CacheTests.answers", AMD64, 40),
            passed("CacheTests.answers", ARM32V7, 400),
            passed("CacheTests.answers", S390X, 1_234),
            passed("CodecTests.roundTrip", AMD64, 12),
            passed("CodecTests.roundTrip", ARM32V7, 120),
            failed("CodecTests.roundTrip", S390X, 180),
            skipped("CodecTests.reads_old|files", S390X, "needs *something*"))));

    @Test
    void text_has_a_line_for_each_class_and_each_test_that_failed() {
        assertThat(new TextMatrix(MATRIX).render()).isEqualTo("""
                        ForeignArch: 3 tests on 3 architectures: 5 passed, 1 failed (s390x 1), 1 skipped
                                        amd64  arm32v7          s390x
                          CacheTests   1 pass   1 pass         1 pass
                          CodecTests   1 pass   1 pass  1 FAIL 1 skip
                            roundTrip    pass     pass           FAIL
                        """);
    }

    @Test
    void markdown_has_a_row_for_each_test_and_the_failures_below() {
        assertThat(new MarkdownMatrix(MATRIX).render()).isEqualTo("""
                        ### ❌ Tests × architectures

                        3 tests on 3 architectures: 5 passed, 1 failed (s390x 1), 1 skipped.

                        | | amd64 | arm32v7 | s390x |
                        |---|---|---|---|
                        | | <sub>native</sub> | <sub>emulated by QEMU 7.2</sub> | <sub>emulated by QEMU 7.2</sub> |
                        | CacheTests › answers | ✅ 0.04 s | ✅ 0.4 s | ✅ 1.2 s |
                        | CodecTests › roundTrip | ✅ 0.01 s | ✅ 0.1 s | ❌ 0.2 s |
                        | CodecTests › reads\\_old\\|files |  |  | ⏭️ |

                        <details><summary>❌ CodecTests › roundTrip on <b>s390x</b>: \
                        org.opentest4j.AssertionFailedError: expected: &lt;big&gt; but was: &lt;little&gt;</summary>

                        <pre>org.opentest4j.AssertionFailedError: expected: &lt;big&gt; but was: &lt;little&gt;
                        \tat example.CodecTests</pre>
                        </details>
                        """);
    }

    @Test
    void markdown_cuts_a_long_failure_between_characters() {
        String text = new MarkdownMatrix(Matrix.of(List.of(List.of(
                        cell("CodecTests.a", S390X, Outcome.FAILED, 10, "x" + "\uD83D\uDE00".repeat(5_000)),
                        cell("CodecTests.b", S390X, Outcome.FAILED, 10, "half \uD83D")))))
                .render();

        assertThat(text)
                .contains("<pre>x" + "\uD83D\uDE00".repeat(3_999) + "\n…</pre>")
                .contains("<pre>half \uFFFD</pre>");
        assertThat(UTF_8.newEncoder().canEncode(text)).isTrue();
    }

    @Test
    void markdown_of_a_large_table_lists_what_failed() {
        List<CellResult> many = new ArrayList<>();
        for (int number = 0; number < 500; number++) {
            many.add(passed("CodecTests.number" + number, S390X, 10));
        }
        many.add(failed("CodecTests.last", S390X, 10));

        String text = new MarkdownMatrix(Matrix.of(List.of(many))).render();

        assertThat(text)
                .contains("| CodecTests › last | ❌ 0.01 s |")
                .contains("Only rows with a failure are listed, of 501 rows.")
                .doesNotContain("number1");
    }

    @Test
    void markdown_says_how_many_failures_it_leaves_out() {
        List<CellResult> many = new ArrayList<>();
        for (int number = 0; number < 450; number++) {
            many.add(failed("CodecTests.number" + number, S390X, 10));
        }

        assertThat(new MarkdownMatrix(Matrix.of(List.of(many))).render())
                .contains("\nOnly rows with a failure are listed, of 450 rows, and 50 more failed.\n")
                .endsWith("\nand 430 more failures.\n");
    }

    @Test
    void a_name_cannot_pass_for_a_line_or_a_cell_of_the_table() {
        Matrix matrix = Matrix.of(List.of(List.of(
                failed("CodecTests.a\n  OtherTests  9 pass\u001B[0m", S390X, 1),
                failed("CodecTests.\\| b", S390X, 1))));

        assertThat(new TextMatrix(matrix).render()).isEqualTo("""
                        ForeignArch: 2 tests on 1 architecture: 0 passed, 2 failed (s390x 2), 0 skipped
                                                         s390x
                          CodecTests                    2 FAIL
                            a?  OtherTests  9 pass?[0m    FAIL
                            \\| b                          FAIL
                        """);
        assertThat(new MarkdownMatrix(matrix).render())
                .contains("\n| CodecTests › a   OtherTests  9 pass | ❌ 0.00 s |\n")
                .contains("\n| CodecTests › \\\\\\| b | ❌ 0.00 s |\n");
    }

    @Test
    void a_table_of_skipped_tests_is_not_shown_as_passed() {
        Matrix matrix = Matrix.of(List.of(List.of(skipped("A.a", S390X, "no"))));

        assertThat(new MarkdownMatrix(matrix).render()).startsWith("### ⏭️ Tests × architectures\n");
        assertThat(new HtmlMatrix(matrix).render()).contains("<p class=\"summary skipped\">");
    }

    @Test
    void html_shows_outcome_time_and_slowness_of_each_cell() {
        assertThat(new HtmlMatrix(MATRIX).render())
                .contains(
                        "<p class=\"summary failed\">3 tests on 3 architectures: 5 passed, 1 failed (s390x 1), 1 skipped.</p>")
                .contains("<th scope=\"col\">s390x<small>emulated by QEMU 7.2</small></th>")
                .contains("<tr class=\"failed\"><th scope=\"row\">roundTrip</th>")
                .contains(
                        "aria-label=\"answers on arm32v7: pass\" title=\"\"><b>✓</b> 0.4 s <small>× 10</small></button>")
                .contains("aria-label=\"roundTrip on s390x: FAIL\"")
                .contains("<dt>platform</dt><dd>linux/s390x</dd>")
                .contains("expected: &lt;big&gt; but was: &lt;little&gt;")
                .doesNotContain("<!--");
    }

    private static final Matrix MARKED = Matrix.of(List.of(List.of(
            marked(passed("CacheTests.answers", ARM32V7, 400), "also ran native: busybox:1.36"),
            marked(passed("CacheTests.answers", S390X, 400), "also ran native: postgres:15 & more"),
            marked(passed("CacheTests.forgets", S390X, 400), "also ran native: busybox:1.36"),
            marked(failed("CodecTests.roundTrip", S390X, 180), "also ran native: postgres:15 & more"))));

    @Test
    void text_has_the_numbers_of_marks_at_the_cells_and_what_they_say_below() {
        assertThat(new TextMatrix(MARKED).render()).isEqualTo("""
                        ForeignArch: 3 tests on 2 architectures: 3 passed, 1 failed (s390x 1), 0 skipped; 4 marked
                                          arm32v7          s390x
                          CacheTests   1 pass [1]  2 pass [1][2]
                          CodecTests                  1 FAIL [2]
                            roundTrip                   FAIL [2]
                          [1] also ran native: busybox:1.36
                          [2] also ran native: postgres:15 & more
                        """);
    }

    @Test
    void markdown_has_them_too() {
        assertThat(new MarkdownMatrix(MARKED).render())
                .contains("| CacheTests › answers | ✅ 0.4 s <sup>[1]</sup> | ✅ 0.4 s <sup>[2]</sup> |\n")
                .contains("| CodecTests › roundTrip |  | ❌ 0.2 s <sup>[2]</sup> |\n")
                .contains("""

                        \\[1\\] also ran native: busybox:1.36

                        \\[2\\] also ran native: postgres:15 &amp; more

                        <details>""");
    }

    @Test
    void html_says_them_at_the_cell_in_its_details_and_below_the_table() {
        assertThat(new HtmlMatrix(MARKED).render())
                .contains("<td class=\"passed marked\"><button type=\"button\" data-cell=\"cell-0\""
                        + " aria-label=\"answers on arm32v7: pass; also ran native: busybox:1.36\""
                        + " title=\"also ran native: busybox:1.36\"><b>✓</b> 0.4 s <sup>[1]</sup></button></td>")
                .contains("<p class=\"mark\">also ran native: postgres:15 &amp; more</p>")
                .contains("<ul class=\"marks\"><li>[1] also ran native: busybox:1.36</li>\n"
                        + "<li>[2] also ran native: postgres:15 &amp; more</li>\n</ul>");
    }

    @Test
    void of_many_marks_text_and_markdown_say_the_first_and_a_cell_has_three_numbers() {
        String[] many =
                IntStream.rangeClosed(1, 30).mapToObj(number -> "no. " + number).toArray(String[]::new);

        String text = new TextMatrix(Matrix.of(List.of(List.of(marked(passed("A.a", S390X, 1), many))))).render();

        assertThat(text)
                .contains("1 pass [1][2][3]...\n")
                .endsWith("  [20] no. 20\n  and 10 more marks, which are in matrix.html\n");
    }

    @Test
    void nothing_that_a_test_says_becomes_html() {
        String hostile = "</template><script>alert('1')</script>\u001B[31m&\u0000";
        Matrix matrix = Matrix.of(List.of(List.of(Cells.with(
                marked(cell("A." + hostile, S390X, Outcome.FAILED, 1, hostile), hostile),
                List.of(new Attachment("/a/" + hostile, hostile))))));

        String html = new HtmlMatrix(matrix).render();

        assertThat(html)
                .doesNotContain("<script>alert")
                .doesNotContain("\u001B")
                .doesNotContain("\u0000");
        assertThat(html).contains("&lt;/template&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;\uFFFD");
        assertThat(new MarkdownMatrix(matrix).render()).doesNotContain("<script>");
    }

    @Test
    void an_earlier_failure_of_a_flaky_test_is_told() {
        String html =
                new HtmlMatrix(Matrix.of(List.of(List.of(failed("A.a", S390X, 1), passed("A.a", S390X, 1))))).render();

        assertThat(html).contains("<td class=\"flaky\">").contains("<h3>before, FAIL</h3>");
    }
}
