package dev.foreignarch.jupiter;

import com.github.dockerjava.api.command.CreateContainerCmd;
import dev.foreignarch.arch.Architecture;
import dev.foreignarch.emulation.EmulationMode;
import dev.foreignarch.emulation.EmulationRequest;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.containers.GenericContainer;

/**
 * Where the containers of a test run.
 *
 * @param host the engine
 * @param architecture the architecture
 * @param cpu model of the CPU, if the user asks for one
 * @param parameters finds the value of a configuration parameter
 */
record Place(
        ForeignHost host,
        Architecture architecture,
        Optional<String> cpu,
        Function<String, Optional<String>> parameters) {

    /** Return the place of the tests of a context. */
    static Place of(ExtensionContext context, ForeignHost host, DeclaredArchitecture declared) {
        return new Place(host, declared.architecture(), CpuModel.of(context), context::getConfigurationParameter);
    }

    /** Make a container of an image, not started. */
    GenericContainer<?> create(String image, EmulationMode mode) {
        return host.create(DeclaredImage.resolve(image, parameters), architecture, new EmulationRequest(mode, cpu));
    }

    /** Let a container run here of which only the command is known that creates it. */
    void bind(CreateContainerCmd create) {
        host.bind(create, architecture, new EmulationRequest(EmulationMode.AUTOMATIC, cpu));
    }

    /** Let a container run here when it is started. */
    void bind(GenericContainer<?> container, EmulationMode mode) {
        host.bind(container, architecture, new EmulationRequest(mode, cpu));
    }

    /**
     * Let a container that another one depends on run here, too, unless it has been started, or the user has bound it.
     *
     * @return whether it is bound now
     */
    boolean bindDependency(GenericContainer<?> dependency) {
        return host.bindDependency(dependency, architecture, new EmulationRequest(EmulationMode.AUTOMATIC, cpu));
    }
}
