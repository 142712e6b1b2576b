package dev.foreignarch.jupiter;

import dev.foreignarch.container.ContainerBinding;
import dev.foreignarch.emulation.EmulationSettings;
import dev.foreignarch.program.ProgramSettings;
import dev.foreignarch.settings.GivenSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The configuration parameters, read.
 *
 * @param selection the architectures to run on
 * @param skipUnavailable whether a test is skipped, rather than failed, when its architecture can't run
 * @param passUnused whether a test passes that has used nothing of its architecture
 * @param allContainers whether each container of a test runs on the test's architecture, and not only those bound to it
 * @param emulation what the user decides about emulation
 * @param startupTimeout how long a container made of an image name may take to start
 * @param parallelism how many emulated containers may start at once; if absent, what suits the engine
 * @param withoutEngine whether programs run on the JVM's own machine, without a container engine
 * @param programs what the user wants to see of programs
 * @see ForeignArchParameters
 */
record Settings(
        ArchitectureSelection selection,
        boolean skipUnavailable,
        boolean passUnused,
        boolean allContainers,
        EmulationSettings emulation,
        Duration startupTimeout,
        OptionalInt parallelism,
        boolean withoutEngine,
        ProgramSettings programs) {

    private static final Duration DEFAULT_STARTUP_TIMEOUT = Duration.ofMinutes(5);

    /**
     * Read the settings of the run that a context belongs to.
     *
     * @throws ExtensionConfigurationException if a parameter does not exist, or its value has no meaning; the message
     *     says what is allowed
     */
    static Settings of(ExtensionContext context) {
        UnknownParameters.refusal(context).ifPresent(refusal -> {
            throw new ExtensionConfigurationException(refusal);
        });
        try {
            return read(context::getConfigurationParameter);
        } catch (IllegalArgumentException refusal) {
            throw new ExtensionConfigurationException(String.valueOf(refusal.getMessage()), refusal);
        }
    }

    static Settings read(Function<String, Optional<String>> parameters) {
        GivenSettings given = new GivenSettings(parameters);
        return new Settings(
                new ArchitectureSelection(given.architectures(ForeignArchParameters.ONLY)),
                given.choice(ForeignArchParameters.UNAVAILABLE, "fail", "skip"),
                given.choice(ForeignArchParameters.UNUSED, "fail", "pass"),
                given.choice(ForeignArchParameters.CONTAINERS, "bound", "all"),
                EmulationSettings.read(parameters),
                given.duration(ForeignArchParameters.STARTUP_TIMEOUT).orElse(DEFAULT_STARTUP_TIMEOUT),
                given.text(ForeignArchParameters.PARALLELISM)
                        .map(value -> OptionalInt.of(ContainerBinding.parallelism(value)))
                        .orElse(OptionalInt.empty()),
                given.choice(ForeignArchParameters.ENGINE, "auto", "none"),
                ProgramSettings.read(parameters));
    }
}
