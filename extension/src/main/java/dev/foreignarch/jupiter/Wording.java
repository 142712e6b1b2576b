package dev.foreignarch.jupiter;

import static java.util.stream.Collectors.joining;

import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** How messages call what they talk about: as it stands in the user's source. */
final class Wording {

    private Wording() {}

    static String annotation(Class<? extends Annotation> type, String value) {
        return "@" + type.getSimpleName() + (value.isBlank() ? "" : "(" + quoted(value) + ")");
    }

    static String annotation(Class<? extends Annotation> type, String[] values) {
        String list = Arrays.stream(values).map(Wording::quoted).collect(joining(", "));
        return "@" + type.getSimpleName() + (values.length == 1 ? "(" + list + ")" : "({" + list + "})");
    }

    static String quoted(String text) {
        return '"' + text + '"';
    }

    static String executable(Executable executable) {
        String type = executable.getDeclaringClass().getSimpleName();
        return executable instanceof Constructor
                ? "the constructor of " + type
                : "method " + executable.getName() + " of " + type;
    }

    /** Return one exception for all faults of a class. */
    static ExtensionConfigurationException refusal(Class<?> testClass, List<String> faults) {
        return new ExtensionConfigurationException(testClass.getName() + " is refused by ForeignArch:"
                + faults.stream().map(fault -> "\n  * " + fault).collect(joining()));
    }
}
