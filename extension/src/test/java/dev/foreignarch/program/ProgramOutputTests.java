package dev.foreignarch.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is kept of a program's output, how it is read while it comes, and how it is searched. */
class ProgramOutputTests {

    private final AtomicInteger overflows = new AtomicInteger();
    private final ProgramOutput output = new ProgramOutput(10, overflows::incrementAndGet);

    private void write(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        output.write(bytes, 0, bytes.length);
    }

    @Test
    void keepsAsMuchAsTheLimit() {
        write("01234");
        write("56789");

        assertThat(output.text()).isEqualTo("0123456789");
        assertThat(output.overflowed()).isFalse();
        assertThat(overflows).hasValue(0);
    }

    @Test
    void keepsTheBeginningOfWhatIsMoreAndTellsOnce() {
        write("0123456");
        write("789abc");
        write("def");

        assertThat(output.text()).isEqualTo("0123456789");
        assertThat(output.overflowed()).isTrue();
        assertThat(overflows).hasValue(1);
    }

    @Test
    void isReadFromItsBeginningByEachReader() throws Exception {
        write("01");
        InputStream first = output.stream();
        assertThat(first.readNBytes(2)).isEqualTo("01".getBytes(UTF_8));
        write("23");
        output.close();

        assertThat(first.readAllBytes()).isEqualTo("23".getBytes(UTF_8));
        assertThat(output.stream().readAllBytes()).isEqualTo("0123".getBytes(UTF_8));
    }

    @Test
    void aReaderWaitsForMore() throws Exception {
        InputStream reader = output.stream();
        Thread writer = new Thread(() -> {
            write("x");
            output.close();
        });
        writer.start();

        assertThat(reader.read()).isEqualTo('x');
        assertThat(reader.read()).isEqualTo(-1);
        writer.join();
    }

    @Test
    void findsWhatComesInPiecesWithoutSearchingTwice() {
        byte[] wanted = "abc".getBytes(UTF_8);
        write("xxab");
        int next = -1 - output.find(wanted, 0);
        assertThat(next).isEqualTo(2);
        write("xabc");

        assertThat(output.find(wanted, next)).isEqualTo(5);
        assertThat(output.find(wanted, 6)).isEqualTo(-1 - 6);
    }

    @Test
    void findsNothingInLessThanIsWanted() {
        write("ab");

        assertThat(output.find("abcdef".getBytes(UTF_8), 0)).isEqualTo(-1);
    }
}
