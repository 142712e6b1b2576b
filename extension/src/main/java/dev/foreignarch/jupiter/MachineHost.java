package dev.foreignarch.jupiter;

import com.github.dockerjava.api.command.CreateContainerCmd;
import dev.foreignarch.arch.Architecture;
import dev.foreignarch.emulation.EmulationRequest;
import dev.foreignarch.emulation.Verdict;
import dev.foreignarch.engine.EngineException;
import dev.foreignarch.program.Program;
import dev.foreignarch.program.ProgramSettings;
import dev.foreignarch.program.ProgramSpec;
import dev.foreignarch.program.Programs;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.GenericContainer;

/** The JVM's own machine, without any container engine. Only static programs run there. */
final class MachineHost implements ForeignHost {

    private final ProgramSettings settings;

    private @Nullable Programs programs;

    MachineHost(ProgramSettings settings) {
        this.settings = settings;
    }

    @Override
    public Map<Architecture, Verdict> prepare(Collection<Architecture> architectures) {
        return programs().prepare(architectures);
    }

    @Override
    public Map<Architecture, Verdict> prepareSinglePrograms(Collection<Architecture> architectures) {
        return programs().prepare(architectures);
    }

    @Override
    public GenericContainer<?> create(String image, Architecture architecture, EmulationRequest request) {
        throw withoutEngine();
    }

    @Override
    public void bind(GenericContainer<?> container, Architecture architecture, EmulationRequest request) {
        throw withoutEngine();
    }

    @Override
    public boolean bindDependency(GenericContainer<?> dependency, Architecture architecture, EmulationRequest request) {
        throw withoutEngine();
    }

    @Override
    public void bind(CreateContainerCmd create, Architecture architecture, EmulationRequest request) {
        throw withoutEngine();
    }

    @Override
    public Optional<Architecture> architectureOf(String image) {
        return Optional.empty();
    }

    @Override
    public void start(GenericContainer<?> container) {
        throw withoutEngine();
    }

    @Override
    public String log(GenericContainer<?> container) {
        throw withoutEngine();
    }

    @Override
    public String summary(GenericContainer<?> container) {
        throw withoutEngine();
    }

    @Override
    public List<String> observations(GenericContainer<?> container) {
        throw withoutEngine();
    }

    @Override
    public void lookBeforeStop(GenericContainer<?> container) {
        throw withoutEngine();
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
    }

    private synchronized Programs programs() {
        Programs present = programs;
        if (present == null) {
            present = Programs.onThisMachine(settings);
            programs = present;
        }
        return present;
    }

    private static EngineException withoutEngine() {
        return new EngineException(
                "The test uses a container, but " + ForeignArchParameters.ENGINE + " is none, which is for static"
                        + " programs (@ForeignProgram) only. Remove the parameter, or test the program alone.",
                null);
    }
}
