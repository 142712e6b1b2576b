package dev.foreignarch.jupiter;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.image.ImageName;
import dev.foreignarch.image.PlatformImageException;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * The name of an image in an annotation. In it <code>${…}</code> stands for a configuration parameter, and {@code {…}}
 * for a name of the architecture.
 */
final class DeclaredImage {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^{}]*)}");

    private DeclaredImage() {}

    /**
     * Put the values of configuration parameters in.
     *
     * @param parameters finds the value of a parameter
     * @throws ExtensionConfigurationException if one has no value
     */
    static String resolve(String declared, Function<String, Optional<String>> parameters) {
        StringBuilder resolved = new StringBuilder();
        Matcher reference = REFERENCE.matcher(declared);
        while (reference.find()) {
            String name = reference.group(1).strip();
            String value = Optional.of(name)
                    .filter(it -> !it.isEmpty())
                    .flatMap(parameters)
                    .orElseThrow(() -> new ExtensionConfigurationException(unresolved(name)));
            reference.appendReplacement(resolved, Matcher.quoteReplacement(value.strip()));
        }
        return reference.appendTail(resolved).toString();
    }

    private static String unresolved(String name) {
        return name.isEmpty()
                ? "${} names no configuration parameter. Write one, for example ${project.version}."
                : "${" + name + "} stands for a configuration parameter or a system property of the tests, and there is"
                        + " none of this name. Give it to them: -D" + name + "=…; in Maven, <systemPropertyVariables><"
                        + name + ">…</" + name + "></systemPropertyVariables> in the configuration of"
                        + " maven-surefire-plugin; in Gradle, test { systemProperty '" + name + "', … }.";
    }

    /** Tell what is wrong with a name, whatever the architecture. */
    static Optional<String> fault(String declared, Function<String, Optional<String>> parameters) {
        try {
            ImageName.of(resolve(declared, parameters), Architecture.ARM32V7);
            return Optional.empty();
        } catch (ExtensionConfigurationException | PlatformImageException refusal) {
            return Optional.ofNullable(refusal.getMessage());
        }
    }
}
