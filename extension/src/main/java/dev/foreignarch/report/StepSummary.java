package dev.foreignarch.report;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;

/**
 * The file in which GitHub Actions collects what a step has to say, in Markdown.
 *
 * @param file the file that {@code GITHUB_STEP_SUMMARY} names
 */
record StepSummary(Path file) {

    static final String VARIABLE = "GITHUB_STEP_SUMMARY";

    /** Locks of files are those of a JVM, so its own threads need another. */
    private static final Object THREADS = new Object();

    /**
     * Put a section at the end, or in the place of an earlier one with its name; all else in the file stays, byte by
     * byte. Several modules of a build may do so at once.
     */
    void put(String name, String markdown) throws IOException {
        synchronized (THREADS) {
            try (FileChannel channel = FileChannel.open(file, CREATE, READ, WRITE)) {
                FileLock lock = channel.lock();
                String before = new String(Channels.newInputStream(channel).readAllBytes(), ISO_8859_1);
                byte[] after = with(name, markdown, before).getBytes(ISO_8859_1);
                channel.truncate(0);
                Channels.newOutputStream(channel).write(after);
                lock.release();
            }
        }
    }

    private static String with(String name, String markdown, String content) {
        String begin = bytes("<!-- foreignarch " + name + " -->\n");
        String end = bytes("<!-- /foreignarch " + name + " -->\n");
        String before = content;
        String after = "";
        int first = before.indexOf(begin);
        int last = before.indexOf(end);
        if (first >= 0 && last > first) {
            after = before.substring(last + end.length());
            before = before.substring(0, first);
        } else if (!before.isEmpty() && !before.endsWith("\n")) {
            before += "\n";
        }
        return before + begin + bytes(markdown) + end + after;
    }

    /** Return text as UTF-8, one character for each byte. */
    private static String bytes(String text) {
        return new String(text.getBytes(UTF_8), ISO_8859_1);
    }
}
