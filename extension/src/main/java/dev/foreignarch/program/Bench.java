package dev.foreignarch.program;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where programs run: a container, or the JVM's own machine. */
interface Bench extends AutoCloseable {

    /** Return the path of the runner. */
    String runner();

    /**
     * Make a program available.
     *
     * @return its path
     */
    String install(String name, byte[] content);

    /** Return a directory that nobody has used, and that may not exist yet. */
    String newDirectory(String purpose);

    /** Write files; a path that ends in a slash is a directory. */
    void write(Map<String, byte[]> files);

    /**
     * Read a file, or the files in a directory.
     *
     * @return what they hold, by their paths in the directory that holds the path: those of files in a directory have a
     *     slash; empty if there is none
     */
    Map<String, byte[]> read(String path);

    /**
     * Start a command.
     *
     * @param stdin its standard input; nothing if it has none
     */
    Connection start(
            List<String> command,
            Map<String, String> environment,
            @Nullable InputStream stdin,
            OutputStream stdout,
            OutputStream stderr);

    @Override
    void close();

    /** The output of a command on its way here. */
    interface Connection {

        /** Wait until all output is written; tell whether that was so in time. */
        boolean awaitEnd(Duration limit) throws InterruptedException;
    }
}
