package dev.foreignarch.jvm.launch;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.io.OutputStream;
import java.time.Duration;
import java.util.OptionalInt;
import org.apiguardian.api.API;

/** A JVM that was started. It is killed when it is closed, and ends when its input ends. */
@API(status = INTERNAL, since = "0.1")
public interface StartedJvm extends AutoCloseable {

    /** Return the JVM's standard input. */
    OutputStream input();

    /** Return where the JVM runs, for example {@code eclipse-temurin:17-jre, emulated by /usr/bin/qemu-s390x-static}. */
    String description();

    /** Return whether the JVM is of the architecture that was asked for, rather than of this machine's. */
    boolean isForeign();

    /**
     * Wait for the JVM's end.
     *
     * @param limit how long
     * @return its exit code, if it has ended and left one
     */
    OptionalInt awaitExit(Duration limit);

    @Override
    void close();
}
