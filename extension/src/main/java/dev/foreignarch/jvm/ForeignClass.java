package dev.foreignarch.jvm;

import static java.util.stream.Collectors.joining;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.arch.UnknownArchitectureException;
import dev.foreignarch.jupiter.ForeignArch;
import dev.foreignarch.jupiter.ForeignContainer;
import dev.foreignarch.jupiter.ForeignJvm;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/**
 * A test class whose tests run in foreign JVMs.
 *
 * @param type the class
 * @param wish what the class says of the JVM
 * @param architectures the architectures, by the names that the class gives them
 * @param problem why the class can't run, if it can't
 */
record ForeignClass(Class<?> type, ForeignJvm wish, Map<String, Architecture> architectures, Optional<String> problem) {

    /** Return whether the class is for this engine. Jupiter must leave it alone then, even if it can't run. */
    static boolean isForeign(Class<?> type) {
        return AnnotationSupport.isAnnotated(type, ForeignJvm.class);
    }

    /** Return whether the class, or one that it is nested in, is for this engine. */
    static boolean isWithinForeign(Class<?> type) {
        return isForeign(type)
                || (isInner(type) && type.getEnclosingClass() != null && isWithinForeign(type.getEnclosingClass()));
    }

    static Optional<ForeignClass> of(Class<?> type) {
        return AnnotationSupport.findAnnotation(type, ForeignJvm.class).map(wish -> of(type, wish));
    }

    private static ForeignClass of(Class<?> type, ForeignJvm wish) {
        String offender = "@ForeignJvm class " + type.getName();
        Optional<ForeignArch> declared = AnnotationSupport.findAnnotation(type, ForeignArch.class);
        if (isInner(type)) {
            return refused(
                    type,
                    wish,
                    offender + " is an inner class, but one JVM runs a class from its beginning to its end. Move"
                            + " @ForeignJvm to the outermost class, or make this class static.");
        }
        if (declared.isEmpty()) {
            return refused(
                    type,
                    wish,
                    offender + " does not say on which architectures to run. Add, for example,"
                            + " @ForeignArch({\"s390x\", \"arm64v8\"}) to the class.");
        }
        Map<String, Architecture> architectures = new LinkedHashMap<>();
        for (String name : declared.get().value()) {
            try {
                Architecture architecture = Architecture.of(name);
                if (architectures.containsValue(architecture)) {
                    return refused(type, wish, offender + " names " + architecture + " twice. Leave one out.");
                }
                architectures.put(name, architecture);
            } catch (UnknownArchitectureException unknown) {
                return refused(type, wish, offender + ": " + unknown.getMessage());
            }
        }
        if (architectures.isEmpty()) {
            return refused(
                    type, wish, offender + " names no architecture. Add, for example, \"s390x\" to @ForeignArch.");
        }
        if (!declared.get().cpu().isBlank()) {
            return refused(
                    type,
                    wish,
                    offender + " names the CPU model \"" + declared.get().cpu() + "\", but one foreign JVM serves all"
                            + " classes of its architecture, with QEMU's usual model. Leave cpu out, or test a program or"
                            + " a container (@ForeignProgram, @ForeignContainer), which can have a model of its own.");
        }
        return containers(type)
                .map(fields -> refused(
                        type,
                        wish,
                        offender + " has a @ForeignContainer field (" + fields
                                + "), but inside the foreign JVM there is no container engine. Start the container in a"
                                + " test class without @ForeignJvm, or reach one that runs already by its address."))
                .orElseGet(() -> new ForeignClass(type, wish, architectures, Optional.empty()));
    }

    private static ForeignClass refused(Class<?> type, ForeignJvm wish, String problem) {
        return new ForeignClass(type, wish, Map.of(), Optional.of(problem));
    }

    private static Optional<String> containers(Class<?> type) {
        List<String> fields = AnnotationSupport.findAnnotatedFields(
                        type, ForeignContainer.class, field -> true, HierarchyTraversalMode.TOP_DOWN)
                .stream()
                .map(field -> field.getName())
                .toList();
        return fields.isEmpty() ? Optional.empty() : Optional.of(fields.stream().collect(joining(", ")));
    }

    private static boolean isInner(Class<?> type) {
        return type.isMemberClass() && !Modifier.isStatic(type.getModifiers());
    }
}
