package dev.foreignarch.program;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.emulation.ArchitectureUnavailableException;
import dev.foreignarch.emulation.Emulation;
import dev.foreignarch.emulation.Verdict;
import dev.foreignarch.engine.EngineException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * Runs native programs of foreign architectures.
 *
 * {@snippet lang = java:
 * try (Emulation emulation = Emulation.onDefaultEngine();
 *         Programs programs = Programs.on(emulation, ProgramSettings.DEFAULT);
 *         Program greet = programs.open(ProgramSpec.of("build/{debian}/greet"), Architecture.ARM32V7)) {
 *     System.out.println(greet.run("--name", "Ada").stdout());
 * }
 * }
 *
 * <p>Programs of one architecture and image share a container, which is started for the first of them. It can be used
 * from several threads.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public final class Programs implements AutoCloseable {

    private final Site site;
    private final ProgramSettings settings;
    private final Optional<DebuggerPort> debuggerPort;

    private Programs(Site site, ProgramSettings settings) {
        this.site = site;
        this.settings = settings;
        this.debuggerPort =
                settings.gdbPort().stream().mapToObj(DebuggerPort::new).findFirst();
    }

    /**
     * Run programs on a container engine.
     *
     * @param emulation the engine's emulation
     * @param settings what the user wants to see
     */
    public static Programs on(Emulation emulation, ProgramSettings settings) {
        return new Programs(new EngineSite(emulation, settings), settings);
    }

    /**
     * Run static programs on the JVM's own machine, by its QEMU.
     *
     * @param settings what the user wants to see
     * @throws EngineException if the machine is no Linux
     * @throws IllegalArgumentException if the settings ask for a debugger's port
     */
    public static Programs onThisMachine(ProgramSettings settings) {
        settings.gdbPort().ifPresent(port -> {
            throw new IllegalArgumentException(ProgramSettings.GDB_PORT + " is '" + port
                    + "', but foreignarch.engine is none: QEMU would open that port on every network interface of this"
                    + " machine, and whoever reaches it can run any code. Remove foreignarch.engine, so that the program"
                    + " runs in a container, whose port only this machine reaches.");
        });
        return new Programs(new MachineSite(), settings);
    }

    /**
     * Make sure that programs of architectures run, by a handler of the kernel or by an emulator of their own.
     *
     * @param architectures the architectures
     * @return a verdict for each, in their order
     */
    public Map<Architecture, Verdict> prepare(Collection<Architecture> architectures) {
        return site.prepare(architectures);
    }

    /**
     * Make a program ready to run.
     *
     * @param spec which program
     * @param architecture the architecture
     * @return the program
     * @throws ProgramFileException if its file is no program for the architecture
     * @throws ArchitectureUnavailableException if the architecture does not run
     * @throws EngineException if the engine refuses its container
     */
    public Program open(ProgramSpec spec, Architecture architecture) {
        ProgramFile file =
                ProgramFile.read(ProgramPath.of(spec.path(), architecture), architecture, site.libraries(spec));
        return new Program(architecture, file, site.launch(spec, architecture), settings, debuggerPort);
    }

    /** Remove the containers. Programs can't be run anymore. */
    @Override
    public void close() {
        site.close();
    }
}
