package dev.foreignarch.program;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.engine.EngineException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The native program that starts a foreign one and tells how it ended. Its source is {@code src/main/c/runner.c}. */
final class RunnerProgram {

    private RunnerProgram() {}

    /** Return the program for the machine that it runs on. */
    static byte[] forHost(Architecture host) {
        try (InputStream resource = RunnerProgram.class.getResourceAsStream("runner/" + host)) {
            if (resource == null) {
                throw new EngineException(
                        "Programs would run on " + host + ", and ForeignArch has no runner for such a machine."
                                + " Use an engine on amd64, arm64v8, arm32v7, ppc64le, s390x or riscv64.",
                        null);
            }
            return resource.readAllBytes();
        } catch (IOException exception) {
            throw new UncheckedIOException("the runner can't be read from the jar", exception);
        }
    }
}
