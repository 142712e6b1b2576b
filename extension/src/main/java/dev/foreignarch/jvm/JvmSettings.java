package dev.foreignarch.jvm;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.jupiter.ForeignArchParameters;
import dev.foreignarch.jupiter.ForeignJvm;
import dev.foreignarch.jvm.launch.JvmSpec;
import dev.foreignarch.settings.GivenSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The configuration parameters, read.
 *
 * @param only the architectures to run on; empty means all
 * @param skipUnavailable whether tests are skipped, rather than failed, where there is no such JVM
 * @param timeout how long a test may take
 * @param startupTimeout how long a JVM may take to start
 * @param debug whether JVMs wait for a debugger
 * @param arguments arguments for JVMs
 * @param properties system properties for JVMs
 * @param images finds the image for an architecture
 * @param network the network of JVMs' containers, if the user names one
 * @param archive whether JVMs get an archive of JUnit's classes
 * @param inProcesses whether JVMs are processes of this machine
 * @see JvmParameters
 */
record JvmSettings(
        Set<Architecture> only,
        boolean skipUnavailable,
        Duration timeout,
        Duration startupTimeout,
        boolean debug,
        List<String> arguments,
        Map<String, String> properties,
        Function<Architecture, Optional<String>> images,
        Optional<String> network,
        boolean archive,
        boolean inProcesses) {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(10);
    private static final Duration DEFAULT_STARTUP_TIMEOUT = Duration.ofMinutes(5);
    private static final Duration NO_TIMEOUT = Duration.ofDays(1);

    JvmSettings {
        only = Set.copyOf(only);
        arguments = List.copyOf(arguments);
        properties = Map.copyOf(properties);
    }

    /**
     * Read the settings.
     *
     * @throws IllegalArgumentException if a value has no meaning; the message says what is allowed
     */
    static JvmSettings read(Function<String, Optional<String>> parameters, Properties system) {
        GivenSettings given = new GivenSettings(parameters);
        boolean debug = given.choice(JvmParameters.DEBUG, "false", "true");
        return new JvmSettings(
                given.architectures(ForeignArchParameters.ONLY),
                given.choice(ForeignArchParameters.UNAVAILABLE, "fail", "skip"),
                debug ? NO_TIMEOUT : given.duration(JvmParameters.TIMEOUT).orElse(DEFAULT_TIMEOUT),
                debug
                        ? NO_TIMEOUT
                        : given.duration(ForeignArchParameters.STARTUP_TIMEOUT).orElse(DEFAULT_STARTUP_TIMEOUT),
                debug,
                given.text(JvmParameters.ARGUMENTS).map(JvmSettings::words).orElse(List.of()),
                chosen(given.text(JvmParameters.PROPERTIES).orElse(""), system),
                architecture ->
                        given.text(JvmParameters.IMAGE + "." + architecture).or(() -> given.text(JvmParameters.IMAGE)),
                given.text(JvmParameters.NETWORK),
                given.choice(JvmParameters.ARCHIVE, "false", "true"),
                given.choice(JvmParameters.LAUNCHER, "container", "process"));
    }

    boolean includes(Architecture architecture) {
        return only.isEmpty() || only.contains(architecture);
    }

    /** Return the JVM that a class wants for an architecture. */
    JvmSpec spec(ForeignJvm wish, Architecture architecture, String name) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(Arrays.asList(wish.arguments()));
        Optional<String> image = Optional.of(wish.image()).filter(given -> !given.isBlank());
        return new JvmSpec(
                architecture,
                name,
                image.or(() -> images.apply(architecture)),
                all,
                properties,
                Arrays.asList(wish.files()),
                network,
                debug);
    }

    private static List<String> words(String text) {
        return List.of(text.split("\\s+"));
    }

    private static Map<String, String> chosen(String names, Properties system) {
        Map<String, String> chosen = new TreeMap<>();
        for (String name : names.split(",", -1)) {
            String pattern = name.strip();
            system.stringPropertyNames().stream()
                    .filter(property -> pattern.endsWith("*")
                            ? property.startsWith(pattern.substring(0, pattern.length() - 1))
                            : property.equals(pattern))
                    .forEach(property -> chosen.put(property, system.getProperty(property)));
        }
        return chosen;
    }
}
