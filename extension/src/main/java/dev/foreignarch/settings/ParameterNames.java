package dev.foreignarch.settings;

import static java.util.Comparator.comparingInt;
import static java.util.Comparator.naturalOrder;
import static java.util.stream.Collectors.joining;
import static org.apiguardian.api.API.Status.INTERNAL;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.arch.EditDistance;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.apiguardian.api.API;

/**
 * The names of all configuration parameters. One that is misspelt would be ignored without a word, and what the user
 * forbids would happen.
 */
@API(status = INTERNAL, since = "0.2")
public final class ParameterNames {

    private static final String PREFIX = "foreignarch.";

    private static final List<String> KNOWN = List.of(
            "foreignarch.containers",
            "foreignarch.engine",
            "foreignarch.gdb.port",
            "foreignarch.helper.image",
            "foreignarch.jvm.archive",
            "foreignarch.jvm.arguments",
            "foreignarch.jvm.debug",
            "foreignarch.jvm.image",
            "foreignarch.jvm.launcher",
            "foreignarch.jvm.network",
            "foreignarch.jvm.properties",
            "foreignarch.jvm.timeout",
            "foreignarch.only",
            "foreignarch.parallelism",
            "foreignarch.program.output",
            "foreignarch.registration",
            "foreignarch.report",
            "foreignarch.startup.timeout",
            "foreignarch.trace",
            "foreignarch.unavailable",
            "foreignarch.unmatched",
            "foreignarch.unused");

    /** Those that can be given for one architecture: its name follows. */
    private static final List<String> OF_ARCHITECTURE = List.of("foreignarch.jvm.image");

    /** What we tell a foreign JVM. */
    private static final String TOLD = "foreignarch.jvm.architecture";

    private ParameterNames() {}

    /** Return the names of all parameters, in alphabetical order. */
    public static List<String> known() {
        return KNOWN;
    }

    /**
     * Look for names that no parameter has.
     *
     * @param given all names that have a value, of parameters and others
     * @return what to tell the user, if there is one
     */
    public static Optional<String> refusal(Collection<String> given) {
        List<String> unknown = new TreeSet<>(given)
                .stream()
                        .filter(name -> name.startsWith(PREFIX) && !isKnown(name))
                        .toList();
        return unknown.isEmpty()
                ? Optional.empty()
                : Optional.of(unknown.stream().map(ParameterNames::refusal).collect(joining("\n")));
    }

    /**
     * Insist on names that parameters have.
     *
     * @param given all names that have a value, of parameters and others
     * @throws IllegalArgumentException if there is another one; the message offers the nearest
     */
    public static void insistOnKnown(Collection<String> given) {
        refusal(given).ifPresent(refusal -> {
            throw new IllegalArgumentException(refusal);
        });
    }

    private static boolean isKnown(String name) {
        return KNOWN.contains(name)
                || name.equals(TOLD)
                || OF_ARCHITECTURE.stream()
                        .anyMatch(beginning -> name.startsWith(beginning + ".")
                                && Architecture.find(name.substring(beginning.length() + 1))
                                        .isPresent());
    }

    private static String refusal(String name) {
        return OF_ARCHITECTURE.stream()
                .filter(beginning -> name.startsWith(beginning + "."))
                .findFirst()
                .map(beginning -> name + " is not a parameter of ForeignArch: '"
                        + name.substring(beginning.length() + 1)
                        + "' is not an architecture that it knows. Write, for example, " + beginning + ".s390x.")
                .orElseGet(() -> name + " is not a parameter of ForeignArch, and would have no effect."
                        + nearest(name)
                                .map(near -> " Did you mean " + near + "?")
                                .orElse("")
                        + " Remove it, or write one of "
                        + KNOWN.stream()
                                .filter(known -> !known.equals("foreignarch.jvm.launcher"))
                                .collect(joining(", "))
                        + ".");
    }

    /** Of a name that shares too little with any other one, nobody knows what was meant. */
    private static Optional<String> nearest(String name) {
        String wanted = name.substring(PREFIX.length());
        return KNOWN.stream()
                .map(known -> known.substring(PREFIX.length()))
                .filter(known -> EditDistance.of(wanted, known) <= Math.max(2, known.length() / 3))
                .min(comparingInt((String known) -> EditDistance.of(wanted, known))
                        .thenComparing(naturalOrder()))
                .map(PREFIX::concat);
    }
}
