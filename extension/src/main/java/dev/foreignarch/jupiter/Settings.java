package dev.foreignarch.jupiter;

import dev.foreignarch.container.ContainerBinding;
import dev.foreignarch.emulation.EmulationSettings;
import dev.foreignarch.program.ProgramSettings;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
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
        EmulationSettings emulation,
        Duration startupTimeout,
        OptionalInt parallelism,
        boolean withoutEngine,
        ProgramSettings programs) {

    private static final Duration DEFAULT_STARTUP_TIMEOUT = Duration.ofMinutes(5);

    /**
     * Read the settings of the run that a context belongs to.
     *
     * @throws ExtensionConfigurationException if a value has no meaning; the message says what is allowed
     */
    static Settings of(ExtensionContext context) {
        try {
            return read(context::getConfigurationParameter);
        } catch (IllegalArgumentException refusal) {
            throw new ExtensionConfigurationException(String.valueOf(refusal.getMessage()), refusal);
        }
    }

    static Settings read(Function<String, Optional<String>> parameters) {
        Function<String, Optional<String>> given =
                name -> parameters.apply(name).map(String::strip).filter(value -> !value.isEmpty());
        return new Settings(
                selection(given.apply(ForeignArchParameters.ONLY).orElse("")),
                given.apply(ForeignArchParameters.UNAVAILABLE)
                        .map(Settings::skipUnavailable)
                        .orElse(false),
                EmulationSettings.read(given),
                given.apply(ForeignArchParameters.STARTUP_TIMEOUT)
                        .map(Settings::startupTimeout)
                        .orElse(DEFAULT_STARTUP_TIMEOUT),
                given.apply(ForeignArchParameters.PARALLELISM)
                        .map(value -> OptionalInt.of(ContainerBinding.parallelism(value)))
                        .orElse(OptionalInt.empty()),
                given.apply(ForeignArchParameters.ENGINE)
                        .map(Settings::withoutEngine)
                        .orElse(false),
                ProgramSettings.read(given));
    }

    private static ArchitectureSelection selection(String names) {
        try {
            return ArchitectureSelection.parse(names);
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException(
                    ForeignArchParameters.ONLY + " is '" + names + "', but " + unknown.getMessage(), unknown);
        }
    }

    private static boolean skipUnavailable(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "fail" -> false;
            case "skip" -> true;
            default ->
                throw new IllegalArgumentException(ForeignArchParameters.UNAVAILABLE + " is '" + value
                        + "', but only 'fail' and 'skip' have a meaning.");
        };
    }

    private static boolean withoutEngine(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "auto" -> false;
            case "none" -> true;
            default ->
                throw new IllegalArgumentException(ForeignArchParameters.ENGINE + " is '" + value
                        + "', but only 'auto' and 'none' have a meaning.");
        };
    }

    private static Duration startupTimeout(String value) {
        Duration timeout = duration(value);
        if (timeout.isZero() || timeout.isNegative()) {
            throw new IllegalArgumentException(
                    ForeignArchParameters.STARTUP_TIMEOUT + " is '" + value + "', but no container starts in no time."
                            + " Write a number of seconds such as 300, or an ISO-8601 duration such as PT5M.");
        }
        return timeout;
    }

    private static Duration duration(String value) {
        try {
            return value.matches("[+-]?\\d{1,9}") ? Duration.ofSeconds(Long.parseLong(value)) : Duration.parse(value);
        } catch (DateTimeParseException unreadable) {
            throw new IllegalArgumentException(
                    ForeignArchParameters.STARTUP_TIMEOUT + " is '" + value + "', but that is no length of time."
                            + " Write a number of seconds such as 300, or an ISO-8601 duration such as PT5M.",
                    unreadable);
        }
    }
}
