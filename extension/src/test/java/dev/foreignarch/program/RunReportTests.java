package dev.foreignarch.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RunReportTests {

    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    private final RunReport report = new RunReport(stderr);

    private String whole() {
        return report.token() + " started 17\n" + "words of the program, foreignarch-" + "\n" + report.token()
                + " exited 3\n";
    }

    @Test
    void tells_runner_from_program_whatever_the_pieces() throws Exception {
        for (int size = 1; size <= whole().length(); size++) {
            ByteArrayOutputStream words = new ByteArrayOutputStream();
            RunReport pieces = new RunReport(words);
            byte[] bytes = whole().replace(report.token(), pieces.token()).getBytes(UTF_8);
            for (int start = 0; start < bytes.length; start += size) {
                pieces.write(bytes, start, Math.min(size, bytes.length - start));
            }
            assertThat(words.toString(UTF_8)).isEqualTo("words of the program, foreignarch-\n");
            assertThat(pieces.end()).contains(new RunReport.Saying("exited", 3));
        }
    }

    @Test
    void knows_process_while_it_runs() throws IOException {
        report.write((report.token() + " started 17\n").getBytes(UTF_8));
        assertThat(report.pid()).contains(17);
        assertThat(report.isOpen()).isTrue();

        report.write((report.token() + " killed 11\n").getBytes(UTF_8));
        assertThat(report.pid()).isEmpty();
        assertThat(report.isOpen()).isFalse();
    }

    @Test
    void gives_back_what_only_looked_like_a_report() throws IOException {
        report.write(report.token().substring(0, 20).getBytes(UTF_8));
        assertThat(stderr.toString(UTF_8)).isEmpty();

        report.close();
        assertThat(stderr.toString(UTF_8)).isEqualTo(report.token().substring(0, 20));
    }

    @Test
    void stops_waiting_when_nobody_can_report_anymore() throws Exception {
        report.close();
        assertThat(report.awaitEnd(Duration.ofMinutes(1))).isEmpty();
    }
}
