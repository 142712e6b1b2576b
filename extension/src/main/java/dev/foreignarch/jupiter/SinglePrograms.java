package dev.foreignarch.jupiter;

import static org.junit.platform.commons.support.AnnotationSupport.findAnnotation;
import static org.junit.platform.commons.support.HierarchyTraversalMode.TOP_DOWN;

import dev.foreignarch.emulation.EmulationMode;
import java.lang.reflect.Executable;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.ReflectionSupport;

/** Tests that can perhaps do without a handler of the kernel, since they use single programs. */
final class SinglePrograms {

    private SinglePrograms() {}

    /**
     * Return whether single programs may be all that a test uses. Of a container that is known only when it starts. So
     * where the user prefers skipped tests to failed ones, a container counts only if its annotation insists.
     */
    static boolean suffice(ExtensionContext test) {
        List<Class<?>> types = new ArrayList<>(test.getEnclosingTestClasses());
        test.getTestClass().ifPresent(types::add);
        List<ForeignContainer> containers =
                types.stream().flatMap(SinglePrograms::containers).toList();
        boolean willing = !Settings.of(test).skipUnavailable();
        return containers.isEmpty()
                ? types.stream().anyMatch(SinglePrograms::usesPrograms)
                : containers.stream().allMatch(container -> willing || container.emulation() == EmulationMode.EXPLICIT);
    }

    private static boolean usesPrograms(Class<?> type) {
        return !DeclaredProgram.of(type).isEmpty()
                || parameters(type)
                        .anyMatch(parameter ->
                                findAnnotation(parameter, ForeignProgram.class).isPresent());
    }

    private static Stream<ForeignContainer> containers(Class<?> type) {
        return Stream.concat(
                ContainerField.of(type).stream().map(ContainerField::annotation),
                parameters(type)
                        .map(parameter -> findAnnotation(parameter, ForeignContainer.class))
                        .flatMap(Optional::stream));
    }

    private static Stream<Parameter> parameters(Class<?> type) {
        Stream<Executable> executables = Stream.concat(
                Stream.of(type.getDeclaredConstructors()),
                ReflectionSupport.findMethods(type, method -> true, TOP_DOWN).stream());
        return executables.flatMap(executable -> Stream.of(executable.getParameters()));
    }
}
