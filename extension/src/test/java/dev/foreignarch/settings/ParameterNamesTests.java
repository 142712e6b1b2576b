package dev.foreignarch.settings;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.foreignarch.emulation.EmulationSettings;
import dev.foreignarch.jupiter.ForeignArchParameters;
import dev.foreignarch.jvm.JvmParameters;
import dev.foreignarch.program.ProgramSettings;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which parameters there are, and what is said of others. */
class ParameterNamesTests {

    @Test
    void theyAreThoseOfTheDocumentedConstants() {
        Set<String> constants = Stream.of(
                        ForeignArchParameters.class,
                        EmulationSettings.class,
                        ProgramSettings.class,
                        JvmParameters.class)
                .flatMap(type -> Arrays.stream(type.getDeclaredFields()))
                .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == String.class)
                .map(ParameterNamesTests::value)
                .filter(value -> value.startsWith("foreignarch."))
                .collect(toCollection(TreeSet::new));

        assertThat(ParameterNames.known()).containsExactlyElementsOf(constants);
    }

    private static String value(Field field) {
        try {
            field.setAccessible(true);
            return (String) field.get(null);
        } catch (IllegalAccessException closed) {
            throw new IllegalStateException(closed);
        }
    }

    @Test
    void whatExistsOrIsNoneOfOursIsAccepted() {
        List<String> given = List.of(
                "foreignarch.only",
                "foreignarch.jvm.image.s390x",
                "foreignarch.jvm.image.aarch64",
                "foreignarch.jvm.architecture",
                "foreignarchive.only",
                "user.home");

        assertThat(ParameterNames.refusal(given)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "registraton, registration",
        "Registration, registration",
        "unavailble, unavailable",
        "jvm.timout, jvm.timeout",
        "jvm.argument, jvm.arguments",
        "startup-timeout, startup.timeout",
        "onyl, only",
        "tarce, trace",
        "gbd.prot, gdb.port"
    })
    void theNearestOneIsOffered(String misspelt, String meant) {
        assertThat(refusal("foreignarch." + misspelt))
                .isEqualTo("foreignarch." + misspelt
                        + " is not a parameter of ForeignArch, and would have no effect. Did you mean foreignarch."
                        + meant
                        + "? Remove it, or write one of " + documented() + ".");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "fix", "platform", "docker", "parallel.starts.of.containers"})
    void nothingIsOfferedWhereNothingIsNear(String unknown) {
        assertThat(refusal("foreignarch." + unknown))
                .isEqualTo("foreignarch." + unknown
                        + " is not a parameter of ForeignArch, and would have no effect. Remove it, or write one of "
                        + documented() + ".");
    }

    @Test
    void theArchitectureOfOneForASingleArchitectureIsLookedAt() {
        assertThat(refusal("foreignarch.jvm.image.s390"))
                .isEqualTo("foreignarch.jvm.image.s390 is not a parameter of ForeignArch: 's390' is not an architecture"
                        + " that it knows. Write, for example, foreignarch.jvm.image.s390x.");
    }

    @Test
    void severalAreToldTogether() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ParameterNames.insistOnKnown(Set.of("foreignarch.b.c.d", "foreignarch.onyl", "a")))
                .withMessage(refusal("foreignarch.b.c.d") + "\n" + refusal("foreignarch.onyl"));
    }

    private static String refusal(String name) {
        return ParameterNames.refusal(List.of(name)).orElseThrow();
    }

    /** How JVMs are started is for our own tests only. */
    private static String documented() {
        return String.join(", ", ParameterNames.known()).replace("foreignarch.jvm.launcher, ", "");
    }
}
