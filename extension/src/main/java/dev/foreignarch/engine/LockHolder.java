package dev.foreignarch.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What a lock tells of the JVM that holds it, for the people who wait for it. */
final class LockHolder {

    /** A machine that does not tell its name as Linux does: it may be any. */
    private static final String UNKNOWN = "unknown";

    private LockHolder() {}

    /** Return this JVM, as others are told of it. */
    static String thisJvm() {
        return "process " + ProcessHandle.current().pid() + " of the machine " + hostName() + " (user "
                + System.getProperty("user.name") + ", since " + Instant.now().truncatedTo(ChronoUnit.SECONDS) + ")";
    }

    private static String hostName() {
        try {
            String name = Files.readString(Path.of("/proc/sys/kernel/hostname"), UTF_8)
                    .strip();
            return name.matches("[A-Za-z0-9._-]+") ? name : UNKNOWN;
        } catch (IOException notLinux) {
            return UNKNOWN;
        }
    }
}
