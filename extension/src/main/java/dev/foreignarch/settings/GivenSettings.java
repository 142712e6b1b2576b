package dev.foreignarch.settings;

import static java.util.stream.Collectors.joining;
import static org.apiguardian.api.API.Status.INTERNAL;

import dev.foreignarch.arch.Architecture;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * Settings as the user gave them. A setting of blanks counts as not given. What has no meaning is refused with an
 * {@link IllegalArgumentException}, whose message says what is allowed.
 *
 * @param source gives the value for a name, if there is one: JUnit's configuration parameters or the system properties
 */
@API(status = INTERNAL, since = "0.1")
public record GivenSettings(Function<String, Optional<String>> source) {

    /** Return a value without the blanks around it. */
    public Optional<String> text(String name) {
        return source.apply(name).map(String::strip).filter(value -> !value.isEmpty());
    }

    /**
     * Return one of a few words, whose case does not matter.
     *
     * @param words those that have a meaning, at least two, in lower case
     */
    public Optional<String> word(String name, String... words) {
        return text(name).map(value -> {
            String word = value.toLowerCase(Locale.ROOT);
            if (!List.of(words).contains(word)) {
                throw refusal(name, value, "only " + quoted(words) + " have a meaning.");
            }
            return word;
        });
    }

    /**
     * Return whether the second of two words is given, whose case does not matter.
     *
     * @param no the word that means the same as none
     * @param yes the other one
     */
    public boolean choice(String name, String no, String yes) {
        return word(name, no, yes).filter(yes::equals).isPresent();
    }

    private static String quoted(String... words) {
        int last = words.length - 1;
        return Stream.of(words).limit(last).map(word -> "'" + word + "'").collect(joining(", ")) + " and '"
                + words[last] + "'";
    }

    /** Return a length of time that is longer than none: a number of seconds, or an ISO-8601 duration. */
    public Optional<Duration> duration(String name) {
        return text(name).map(value -> {
            Duration duration = duration(name, value);
            if (duration.isZero() || duration.isNegative()) {
                throw noDuration(name, value, "everything needs some time");
            }
            return duration;
        });
    }

    private static Duration duration(String name, String value) {
        try {
            return value.matches("[+-]?\\d{1,9}") ? Duration.ofSeconds(Long.parseLong(value)) : Duration.parse(value);
        } catch (DateTimeParseException unreadable) {
            throw noDuration(name, value, "that is no length of time");
        }
    }

    private static IllegalArgumentException noDuration(String name, String value, String objection) {
        return refusal(
                name,
                value,
                objection + ". Write a number of seconds such as 300, or an ISO-8601 duration such as PT5M.");
    }

    /** Return the architectures whose names are given, separated by commas; none if nothing is given. */
    public Set<Architecture> architectures(String name) {
        String value = text(name).orElse("");
        Set<Architecture> architectures = EnumSet.noneOf(Architecture.class);
        try {
            Stream.of(value.split(",", -1))
                    .filter(one -> !one.isBlank())
                    .map(one -> Architecture.of(one.strip()))
                    .forEach(architectures::add);
        } catch (IllegalArgumentException unknown) {
            throw refusal(name, value, String.valueOf(unknown.getMessage()));
        }
        return architectures;
    }

    private static IllegalArgumentException refusal(String name, String value, String objection) {
        return new IllegalArgumentException(name + " is '" + value + "', but " + objection);
    }
}
