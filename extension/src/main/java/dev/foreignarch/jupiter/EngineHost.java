package dev.foreignarch.jupiter;

import com.github.dockerjava.api.command.CreateContainerCmd;
import dev.foreignarch.arch.Architecture;
import dev.foreignarch.container.ContainerBinding;
import dev.foreignarch.emulation.Emulation;
import dev.foreignarch.emulation.EmulationRequest;
import dev.foreignarch.emulation.Verdict;
import dev.foreignarch.image.PlatformImages;
import dev.foreignarch.program.Program;
import dev.foreignarch.program.ProgramSpec;
import dev.foreignarch.program.Programs;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.GenericContainer;

/** The engine that Testcontainers finds. It is looked for when the first architecture is prepared, not before. */
final class EngineHost implements ForeignHost {

    private final Settings settings;

    private @Nullable Emulation emulation;
    private @Nullable ContainerBinding binding;
    private @Nullable Programs programs;

    EngineHost(Settings settings) {
        this.settings = settings;
    }

    @Override
    public Map<Architecture, Verdict> prepare(Collection<Architecture> architectures) {
        return emulation().prepare(architectures);
    }

    @Override
    public GenericContainer<?> create(String image, Architecture architecture, EmulationRequest request) {
        return binding().create(image, architecture, request);
    }

    @Override
    public void bind(GenericContainer<?> container, Architecture architecture, EmulationRequest request) {
        binding().bindForTest(container, architecture, request);
    }

    @Override
    public boolean bindDependency(GenericContainer<?> dependency, Architecture architecture, EmulationRequest request) {
        return binding().bindDependency(dependency, architecture, request);
    }

    @Override
    public void bind(CreateContainerCmd create, Architecture architecture, EmulationRequest request) {
        binding().bind(create, architecture, request);
    }

    @Override
    public Optional<Architecture> architectureOf(String image) {
        return new PlatformImages(emulation().engine()).architectureOf(image);
    }

    @Override
    public void start(GenericContainer<?> container) {
        binding().start(container);
    }

    @Override
    public String log(GenericContainer<?> container) {
        return ContainerBinding.log(container);
    }

    @Override
    public String summary(GenericContainer<?> container) {
        return ContainerBinding.summary(container);
    }

    @Override
    public List<String> observations(GenericContainer<?> container) {
        return ContainerBinding.observations(container);
    }

    @Override
    public void lookBeforeStop(GenericContainer<?> container) {
        ContainerBinding.lookBeforeStop(container);
    }

    @Override
    public Map<Architecture, Verdict> prepareSinglePrograms(Collection<Architecture> architectures) {
        return emulation().prepareSinglePrograms(architectures);
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
            binding = null;
            emulation.close();
            emulation = null;
        }
    }

    private synchronized ContainerBinding binding() {
        ContainerBinding present = binding;
        if (present == null) {
            present = new ContainerBinding(emulation(), settings.startupTimeout(), settings.parallelism());
            binding = present;
        }
        return present;
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
