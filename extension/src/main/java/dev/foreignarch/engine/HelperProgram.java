package dev.foreignarch.engine;

import static org.apiguardian.api.API.Status.INTERNAL;

import dev.foreignarch.arch.Architecture;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apiguardian.api.API;

/**
 * The program that does ForeignArch's work inside a container, where there is no shell: it tries probes, shows the
 * kernel's table and writes to it, and ends with those who need it. Its source is {@code src/main/c/helper.c}.
 */
@API(status = INTERNAL, since = "0.1")
public final class HelperProgram {

    private static final String PROGRAMS = "/dev/foreignarch/emulation/helper/";

    private HelperProgram() {}

    /** Return the program for an engine's architecture. */
    public static byte[] forHost(Architecture host) {
        try (InputStream resource = HelperProgram.class.getResourceAsStream(PROGRAMS + host)) {
            if (resource == null) {
                throw new EngineException(
                        "The engine runs on " + host + ", and ForeignArch has no helper program for such a host."
                                + " Use an engine on amd64, arm64v8, ppc64le, s390x or riscv64.",
                        null);
            }
            return resource.readAllBytes();
        } catch (IOException exception) {
            throw new UncheckedIOException("the helper program can't be read from the jar", exception);
        }
    }
}
