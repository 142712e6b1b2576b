package dev.foreignarch.engines;

import static dev.foreignarch.arch.Architecture.S390X;

import com.github.dockerjava.api.DockerClient;
import dev.foreignarch.arch.Architecture;
import dev.foreignarch.emulation.Emulation;
import dev.foreignarch.emulation.EmulationSettings;
import dev.foreignarch.engine.Engine;
import dev.foreignarch.engine.PrivateEngine;
import dev.foreignarch.program.Busybox;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The machine that runs the engines and these tests: its table of handlers. */
final class Machine {

    private static final URI MAIN_ENGINE = URI.create("unix:///var/run/docker.sock");
    private static final Path TABLE = Path.of("/proc/sys/fs/binfmt_misc");

    private Machine() {}

    /** Let the machine have a handler, so that its engines can use it. */
    static void registerHandler() throws IOException {
        try (DockerClient client = PrivateEngine.connect(MAIN_ENGINE);
                Emulation emulation = Emulation.on(Engine.of(client, MAIN_ENGINE), EmulationSettings.DEFAULT)) {
            emulation.prepare(S390X).orThrow();
        }
    }

    /** Let there be a static program of an architecture where {@link ContainerAndProgramTestCase} looks for it. */
    static void program(Architecture architecture) throws IOException {
        Path directory = Files.createDirectories(Path.of("target", "engines"));
        try (DockerClient client = PrivateEngine.connect(MAIN_ENGINE)) {
            Busybox.install(Engine.of(client, MAIN_ENGINE), architecture, directory);
        }
    }

    static Set<String> handlers() throws IOException {
        try (Stream<Path> entries = Files.list(TABLE)) {
            Set<String> names = new TreeSet<>();
            entries.forEach(entry -> names.add(entry.getFileName().toString()));
            return names;
        }
    }

    /** Find an architecture whose programs don't run on this machine. On one that runs all of them, any will do. */
    static Architecture withoutHandler() throws IOException {
        Set<String> handlers = handlers();
        return Arrays.stream(Architecture.values())
                .filter(architecture -> !Set.of("x86_64", "i386").contains(architecture.qemuTarget()))
                .filter(architecture -> !handlers.contains("qemu-" + architecture.qemuTarget()))
                .findFirst()
                .orElse(Architecture.LOONG64);
    }
}
