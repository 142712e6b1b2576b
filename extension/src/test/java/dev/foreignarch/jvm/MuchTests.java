package dev.foreignarch.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foreignarch.jupiter.ForeignArch;
import dev.foreignarch.jupiter.ForeignJvm;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Much output, of any bytes, and many tests, through a container's streams. {@code -Dtest.foreignarch.megabytes=100}
 * makes it more.
 */
@Tag("engine")
class MuchTests {

    private static final String MEGABYTES = "test.foreignarch.megabytes";
    private static final int BLOCK = 1 << 20;

    @Test
    void everyByteOfTheOutputArrives() {
        Checked out = new Checked();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream standardOutput = System.out;
        PrintStream standardError = System.err;
        System.setProperty(MEGABYTES, System.getProperty(MEGABYTES, "5"));
        Map<String, String> outcomes;
        try {
            System.setOut(new PrintStream(out));
            System.setErr(new PrintStream(err));
            outcomes = ForeignRun.of(OutputTestCase.class)
                    .with(JvmParameters.PROPERTIES, MEGABYTES)
                    .outcomes();
        } finally {
            System.setOut(standardOutput);
            System.setErr(standardError);
        }

        assertThat(outcomes).isEqualTo(Map.of("a()", "SUCCESSFUL"));
        assertThat(out).hasToString(Checked.of(Integer.getInteger(MEGABYTES)).toString());
        // Testcontainers may have logged something before.
        assertThat(err.toByteArray()).endsWith(block());
    }

    @Test
    void aThousandTestsArrive() {
        Map<String, String> outcomes = ForeignRun.of(ThousandTestCase.class).outcomes();

        assertThat(outcomes).hasSize(1_000).containsEntry("repetition 1000 of 1000", "SUCCESSFUL");
        assertThat(outcomes.values()).containsOnly("SUCCESSFUL");
    }

    /** All bytes, in an order that no block size of a transport divides. */
    private static byte[] block() {
        byte[] block = new byte[BLOCK];
        for (int index = 0; index < block.length; index++) {
            block[index] = (byte) (index * 31 + index / 251);
        }
        return block;
    }

    @ForeignArch("amd64")
    @ForeignJvm
    static class OutputTestCase {
        @Test
        void a() throws IOException, InterruptedException {
            byte[] block = block();
            for (int count = 0; count < Integer.getInteger(MEGABYTES); count++) {
                System.out.write(block);
            }
            try (FileOutputStream pastJava = new FileOutputStream("/dev/stderr")) {
                pastJava.write(block);
            }
            // What is written past Java has a way of its own, which may take longer than the news of the test's end.
            Thread.sleep(3_000);
        }
    }

    @ForeignArch("amd64")
    @ForeignJvm
    static class ThousandTestCase {
        @RepeatedTest(1_000)
        void a() {}
    }

    /** Counts, and sums up. */
    private static final class Checked extends OutputStream {
        private final CRC32 sum = new CRC32();
        private long count;

        static Checked of(int blocks) {
            Checked checked = new Checked();
            byte[] block = block();
            for (int index = 0; index < blocks; index++) {
                checked.write(block, 0, block.length);
            }
            return checked;
        }

        @Override
        public void write(int value) {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            sum.update(bytes, offset, length);
            count += length;
        }

        @Override
        public String toString() {
            return count + " bytes, CRC-32 " + Long.toHexString(sum.getValue());
        }
    }
}
