package dev.foreignarch.samples.guide;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foreignarch.emulation.EmulationSettings;
import dev.foreignarch.jupiter.ForeignArchParameters;
import dev.foreignarch.jvm.JvmParameters;
import dev.foreignarch.program.ProgramSettings;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The guide knows all parameters, and no others. */
class SettingsTests {

    private static final Pattern ROW = Pattern.compile("^\\| `(foreignarch\\.[a-z.]+)` \\|", Pattern.MULTILINE);
    private static final Pattern USE = Pattern.compile("-D(foreignarch\\.[a-z.]*[a-z])|`(foreignarch\\.[a-z.]*[a-z])=");

    /** What follows the name is an architecture. */
    private static final Pattern OF_ARCHITECTURE = Pattern.compile("(foreignarch\\.jvm\\.image)\\..*");

    @Test
    void tableHasEachParameter() {
        assertEquals(parameters(), found(ROW, Guide.document("docs/settings.md").text()));
    }

    @Test
    void readmeHasNoOtherParameters() {
        Set<String> others = found(ROW, Guide.document("README.md").text());
        others.removeAll(parameters());

        assertEquals(Set.of(), others);
    }

    @Test
    void whatTextsSetIsAParameter() {
        Set<String> unknown = Guide.documents().stream()
                .flatMap(document -> found(USE, document.text()).stream())
                .map(name -> OF_ARCHITECTURE.matcher(name).replaceFirst("$1"))
                .collect(toCollection(TreeSet::new));
        unknown.removeAll(parameters());

        assertEquals(Set.of(), unknown);
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
                .collect(toCollection(TreeSet::new));
    }

    private static Set<String> parameters() {
        return Stream.of(
                        ForeignArchParameters.class,
                        EmulationSettings.class,
                        ProgramSettings.class,
                        JvmParameters.class)
                .flatMap(type -> Arrays.stream(type.getFields()))
                .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == String.class)
                .map(SettingsTests::value)
                .filter(value -> value.startsWith("foreignarch."))
                .collect(toCollection(TreeSet::new));
    }

    private static String value(Field field) {
        try {
            return (String) field.get(null);
        } catch (IllegalAccessException closed) {
            throw new IllegalStateException(closed);
        }
    }
}
