package dev.foreignarch.arch;

import static java.util.Comparator.comparingInt;
import static java.util.Comparator.reverseOrder;
import static java.util.stream.Collectors.joining;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A name that no architecture has, and what was perhaps meant.
 *
 * @param given the name as it was given
 * @param normalized the name in the form that names are compared in
 */
record UnknownName(String given, String normalized) {

    private static final Pattern SEPARATOR = Pattern.compile("[,;\\s]+");

    /** Names that are near to none of ours in letters, or to the wrong one. */
    private static final Map<Pattern, Architecture> MEANT = meant();

    static UnknownName of(String given) {
        return new UnknownName(given, Architecture.normalized(given));
    }

    private static Map<Pattern, Architecture> meant() {
        Map<Pattern, Architecture> meant = new LinkedHashMap<>();
        meant.put(Pattern.compile("(apple[ -]?)?(m[1-9]|silicon)|graviton\\d?"), Architecture.ARM64V8);
        meant.put(Pattern.compile("arm/v[89].*|arm64/?v9.*|armv[89](-?a|\\.\\d.*)?"), Architecture.ARM64V8);
        meant.put(Pattern.compile("(amd64|x86[-_]64)[-_/]?v[1-4]"), Architecture.AMD64);
        meant.put(Pattern.compile("arm32|aarch32"), Architecture.ARM32V7);
        meant.put(Pattern.compile("riscv|rv64.*"), Architecture.RISCV64);
        meant.put(Pattern.compile("ibm ?z|zarch(itecture)?|systemz|z/arch(itecture)?"), Architecture.S390X);
        return meant;
    }

    String message() {
        List<String> parts = SEPARATOR.splitAsStream(given.strip()).toList();
        if (parts.size() > 1
                && (given.contains(",")
                        || parts.stream()
                                .allMatch(part -> Architecture.find(part).isPresent()))) {
            return "'" + given + "' is a list in one name. Write each name by itself: "
                    + parts.stream().map(part -> '"' + part + '"').collect(joining(", ")) + ".";
        }
        return "'" + given + "' is not an architecture that ForeignArch knows."
                + suggestion().map(name -> " Did you mean '" + name + "'?").orElse("") + " Known are "
                + Architecture.knownNames() + ", and their other names such as linux/arm/v7, armhf or aarch64.";
    }

    private Optional<String> suggestion() {
        return MEANT.entrySet().stream()
                .filter(entry -> entry.getKey().matcher(normalized).matches())
                .map(entry -> entry.getValue().dockerName())
                .findFirst()
                .or(this::nearest);
    }

    private Optional<String> nearest() {
        return Architecture.allNames().stream()
                .filter(this::isNear)
                .min(comparingInt((String known) -> EditDistance.of(normalized, known))
                        .thenComparing(reverseOrder()));
    }

    /** A short name, a letter of it changed, is soon another one's. */
    private boolean isNear(String known) {
        int length = normalized.length();
        int mistakes = length < 4 ? 0 : length < 9 ? 1 : 2;
        return (length >= 4 && known.startsWith(normalized)) || EditDistance.of(normalized, known) <= mistakes;
    }
}
