package dev.foreignarch.jupiter;

import static org.junit.platform.commons.support.AnnotationSupport.findAnnotation;
import static org.junit.platform.commons.support.AnnotationSupport.findRepeatableAnnotations;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.arch.UnknownArchitectureException;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Decides for {@link DisabledOnForeignArch} and {@link EnabledOnForeignArch}.
 *
 * <p>A class that is repeated here has no architecture of its own: what it declares is decided for each of its tests.
 */
final class ForeignArchCondition implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        List<Rule> rules = rules(context);
        return architecture(context)
                .flatMap(architecture -> rules.stream()
                        .filter(rule -> !rule.allows(architecture))
                        .findFirst()
                        .map(rule -> ConditionEvaluationResult.disabled(
                                rule.words(architecture), rule.reason().isBlank() ? null : rule.reason())))
                .orElseGet(() -> ConditionEvaluationResult.enabled(null));
    }

    private static Optional<Architecture> architecture(ExtensionContext context) {
        return InsideForeignJvm.architecture()
                .or(() -> context.getTestMethod()
                        .flatMap(method -> findAnnotation(method, ForeignArch.class))
                        .flatMap(own -> Arrays.stream(own.value()).findFirst())
                        .flatMap(Architecture::find)
                        .or(() -> DeclaredArchitecture.in(context).map(DeclaredArchitecture::architecture)));
    }

    private static List<Rule> rules(ExtensionContext context) {
        List<AnnotatedElement> elements = new ArrayList<>();
        context.getTestMethod().ifPresent(elements::add);
        context.getTestClass().ifPresent(elements::add);
        elements.addAll(context.getEnclosingTestClasses());
        return elements.stream().flatMap(ForeignArchCondition::declared).toList();
    }

    private static Stream<Rule> declared(AnnotatedElement element) {
        return Stream.concat(
                findRepeatableAnnotations(element, DisabledOnForeignArch.class).stream()
                        .map(found -> new Rule("Disabled", false, named(element, found.value()), found.reason())),
                findRepeatableAnnotations(element, EnabledOnForeignArch.class).stream()
                        .map(found -> new Rule("Enabled", true, named(element, found.value()), found.reason())));
    }

    private static List<Architecture> named(AnnotatedElement element, String[] names) {
        try {
            return Stream.of(names).map(Architecture::of).toList();
        } catch (UnknownArchitectureException unknown) {
            throw new ExtensionConfigurationException(
                    "A condition on " + element + " can't be decided: " + unknown.getMessage(), unknown);
        }
    }

    /** One annotation. */
    private record Rule(String name, boolean only, List<Architecture> architectures, String reason) {

        boolean allows(Architecture architecture) {
            return architectures.contains(architecture) == only;
        }

        String words(Architecture architecture) {
            return "@" + name + "OnForeignArch leaves out " + architecture;
        }
    }
}
