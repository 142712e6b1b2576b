package dev.foreignarch.jupiter;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.container.ContainerBinding;
import dev.foreignarch.emulation.Emulation;
import dev.foreignarch.emulation.Verdict;
import dev.foreignarch.program.Program;
import dev.foreignarch.program.ProgramSpec;
import dev.foreignarch.program.Programs;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.GenericContainer;

/** The engine that Testcontainers finds. It is looked for when the first architecture is prepared, not before. */
final class EngineHost implements ForeignHost {

    private final Settings settings;

    private @Nullable Emulation emulation;
    private @Nullable Programs programs;

    EngineHost(Settings settings) {
        this.settings = settings;
    }

    @Override
    public Map<Architecture, Verdict> prepare(Collection<Architecture> architectures) {
        return emulation().prepare(architectures);
    }

    @Override
    public GenericContainer<?> create(String image, Architecture architecture) {
        return binding().create(image, architecture);
    }

    @Override
    public void bind(GenericContainer<?> container, Architecture architecture) {
        binding().bind(container, architecture);
    }

    @Override
    public void start(GenericContainer<?> container) {
        binding().start(container);
    }

    @Override
    public Map<Architecture, Verdict> preparePrograms(Collection<Architecture> architectures) {
        return programs().prepare(architectures);
    }

    @Override
    public Program program(ProgramSpec spec, Architecture architecture) {
        return programs().open(spec, architecture);
    }

    @Override
    public synchronized void close() {
        if (programs != null) {
            programs.close();
            programs = null;
        }
        if (emulation != null) {
            emulation.close();
            emulation = null;
        }
    }

    private ContainerBinding binding() {
        return new ContainerBinding(emulation(), settings.startupTimeout());
    }

    private synchronized Programs programs() {
        Programs present = programs;
        if (present == null) {
            present = Programs.on(emulation(), settings.programs());
            programs = present;
        }
        return present;
    }

    private synchronized Emulation emulation() {
        if (emulation == null) {
            emulation = Emulation.onDefaultEngine(settings.emulation());
        }
        return emulation;
    }
}
