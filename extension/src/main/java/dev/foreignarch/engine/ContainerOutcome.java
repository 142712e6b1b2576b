package dev.foreignarch.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apiguardian.api.API.Status.INTERNAL;

import org.apiguardian.api.API;

/**
 * What a container has left when it ended.
 *
 * @param exitCode its exit code, which is the engine's where the program could not be started
 * @param stdout its standard output
 * @param stderr its standard error, where the engine reports a program that could not be started
 */
@API(status = INTERNAL, since = "0.1")
public record ContainerOutcome(int exitCode, byte[] stdout, byte[] stderr) {

    /** Return whether the container ended as if all were well, but nothing of what it printed has arrived. */
    public boolean isMute() {
        return exitCode == 0 && stdout.length == 0 && stderr.length == 0;
    }

    /** Return the standard error as text. */
    public String errorText() {
        return new String(stderr, UTF_8).strip();
    }

    /** Return the standard output as text. */
    public String text() {
        return new String(stdout, UTF_8);
    }
}
