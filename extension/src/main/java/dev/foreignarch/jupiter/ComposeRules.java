package dev.foreignarch.jupiter;

import static org.junit.platform.commons.support.HierarchyTraversalMode.TOP_DOWN;

import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.platform.commons.support.ReflectionSupport;

/** Fields with containers that Docker Compose starts by itself, so that nobody else can choose their architecture. */
final class ComposeRules {

    private static final Set<String> COMPOSE = Set.of(
            "org.testcontainers.containers.ComposeContainer", "org.testcontainers.containers.DockerComposeContainer");

    /** Testcontainers' own annotation, which users need not have. */
    private static final String CONTAINER = "org.testcontainers.junit.jupiter.Container";

    private ComposeRules() {}

    static boolean isCompose(Class<?> type) {
        return Stream.<Class<?>>iterate(type, each -> each != null, Class::getSuperclass)
                .anyMatch(each -> COMPOSE.contains(each.getName()));
    }

    /** Say what is wrong with a declaration of such a field, and what can be done. */
    static String fault(Object declaration, Class<?> type) {
        return declaration + ": Docker Compose starts the containers of a " + type.getSimpleName() + " itself, so that"
                + " ForeignArch can't choose their architecture. Make it in the test or in @BeforeEach, which can take an"
                + " Architecture, and start it there: new " + type.getSimpleName()
                + "(…).withEnv(\"DOCKER_DEFAULT_PLATFORM\", architecture.platform().toString()).withPull(false). Or"
                + " declare each of its services as a field with @ForeignContainer.";
    }

    /** Find the fields of a class with architectures that Testcontainers' own extension would start natively. */
    static List<String> faults(Class<?> testClass) {
        return ReflectionSupport.findFields(
                        testClass,
                        field -> isCompose(field.getType())
                                && Arrays.stream(field.getAnnotations()).anyMatch(ComposeRules::isContainer),
                        TOP_DOWN)
                .stream()
                .map(field -> fault(declaration(field), field.getType()))
                .toList();
    }

    private static boolean isContainer(Annotation annotation) {
        return Stream.concat(
                        Stream.of(annotation.annotationType()),
                        Arrays.stream(annotation.annotationType().getAnnotations())
                                .map(Annotation::annotationType))
                .anyMatch(type -> type.getName().equals(CONTAINER));
    }

    private static String declaration(Field field) {
        return "@Container on field " + field.getName() + " of "
                + field.getDeclaringClass().getSimpleName();
    }
}
