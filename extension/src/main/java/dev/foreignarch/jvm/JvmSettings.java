package dev.foreignarch.jvm;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.jupiter.ForeignArchParameters;
import dev.foreignarch.jupiter.ForeignJvm;
import dev.foreignarch.jvm.launch.JvmSpec;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

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
        Function<String, Optional<String>> given =
                name -> parameters.apply(name).map(String::strip).filter(value -> !value.isEmpty());
        boolean debug = given.apply(JvmParameters.DEBUG)
                .map(value -> choice(JvmParameters.DEBUG, value, "false", "true"))
                .orElse(false);
        return new JvmSettings(
                only(given.apply(ForeignArchParameters.ONLY).orElse("")),
                given.apply(ForeignArchParameters.UNAVAILABLE)
                        .map(value -> choice(ForeignArchParameters.UNAVAILABLE, value, "fail", "skip"))
                        .orElse(false),
                debug ? NO_TIMEOUT : timeout(JvmParameters.TIMEOUT, given, DEFAULT_TIMEOUT),
                debug ? NO_TIMEOUT : timeout(ForeignArchParameters.STARTUP_TIMEOUT, given, DEFAULT_STARTUP_TIMEOUT),
                debug,
                given.apply(JvmParameters.ARGUMENTS).map(JvmSettings::words).orElse(List.of()),
                chosen(given.apply(JvmParameters.PROPERTIES).orElse(""), system),
                architecture -> given.apply(JvmParameters.IMAGE + "." + architecture)
                        .or(() -> given.apply(JvmParameters.IMAGE)),
                given.apply(JvmParameters.NETWORK),
                given.apply(JvmParameters.ARCHIVE)
                        .map(value -> choice(JvmParameters.ARCHIVE, value, "false", "true"))
                        .orElse(false),
                given.apply(JvmParameters.LAUNCHER).filter("process"::equals).isPresent());
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

    private static Set<Architecture> only(String names) {
        Set<Architecture> wanted = EnumSet.noneOf(Architecture.class);
        try {
            Stream.of(names.split(",", -1))
                    .filter(name -> !name.isBlank())
                    .map(Architecture::of)
                    .forEach(wanted::add);
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException(
                    ForeignArchParameters.ONLY + " is '" + names + "', but " + unknown.getMessage(), unknown);
        }
        return wanted;
    }

    private static boolean choice(String parameter, String value, String no, String yes) {
        if (value.equalsIgnoreCase(no) || value.equalsIgnoreCase(yes)) {
            return value.equalsIgnoreCase(yes);
        }
        throw new IllegalArgumentException(
                parameter + " is '" + value + "', but only '" + no + "' and '" + yes + "' have a meaning.");
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

    private static Duration timeout(String parameter, Function<String, Optional<String>> given, Duration otherwise) {
        return given.apply(parameter).map(value -> duration(parameter, value)).orElse(otherwise);
    }

    private static Duration duration(String parameter, String value) {
        try {
            Duration duration =
                    value.matches("\\d{1,9}") ? Duration.ofSeconds(Long.parseLong(value)) : Duration.parse(value);
            if (!duration.isZero() && !duration.isNegative()) {
                return duration;
            }
        } catch (DateTimeParseException unreadable) {
            throw new IllegalArgumentException(noDuration(parameter, value), unreadable);
        }
        throw new IllegalArgumentException(noDuration(parameter, value));
    }

    private static String noDuration(String parameter, String value) {
        return parameter + " is '" + value + "', but everything needs some time. Write a number of seconds such as 600,"
                + " or an ISO-8601 duration such as PT10M.";
    }
}
