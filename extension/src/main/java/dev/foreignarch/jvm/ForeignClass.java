package dev.foreignarch.jvm;

import static org.junit.platform.commons.support.HierarchyTraversalMode.TOP_DOWN;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.arch.UnknownArchitectureException;
import dev.foreignarch.jupiter.DeclarationRules;
import dev.foreignarch.jupiter.ForeignArch;
import dev.foreignarch.jupiter.ForeignContainer;
import dev.foreignarch.jupiter.ForeignJvm;
import dev.foreignarch.jupiter.ForeignProgram;
import java.lang.annotation.Annotation;
import java.lang.reflect.Executable;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;

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
        Set<String> injected = injected(type);
        if (!injected.isEmpty()) {
            return refused(
                    type,
                    wish,
                    offender + " declares " + String.join(", ", injected)
                            + ", but inside the foreign JVM there is no container engine. Move what needs one to a test class without"
                            + " @ForeignJvm; a container that runs already can be reached by its address.");
        }
        return DeclarationRules.refusal(type)
                .map(refusal -> refused(type, wish, refusal))
                .orElseGet(() -> new ForeignClass(type, wish, architectures, Optional.empty()));
    }

    private static ForeignClass refused(Class<?> type, ForeignJvm wish, String problem) {
        return new ForeignClass(type, wish, Map.of(), Optional.of(problem));
    }

    /** Return the same class, as one that can't run. */
    ForeignClass withProblem(String why) {
        return refused(type, wish, why);
    }

    /** Find the fields and parameters, of the class and of those nested in it, that only an engine can fill. */
    private static Set<String> injected(Class<?> type) {
        // A set: what is inherited is found again in each nested class that inherits it.
        Set<String> found = new LinkedHashSet<>();
        for (Class<? extends Annotation> wanted : List.of(ForeignContainer.class, ForeignProgram.class)) {
            String name = "@" + wanted.getSimpleName();
            AnnotationSupport.findAnnotatedFields(type, wanted, field -> true, TOP_DOWN)
                    .forEach(field -> found.add(name + " on field " + field.getName() + of(field)));
            executables(type)
                    .forEach(executable -> Stream.of(executable.getParameters())
                            .filter(parameter -> AnnotationSupport.isAnnotated(parameter, wanted))
                            .forEach(parameter ->
                                    found.add(name + " on parameter " + parameter.getName() + of(executable))));
        }
        ReflectionSupport.findNestedClasses(type, nested -> AnnotationSupport.isAnnotated(nested, Nested.class))
                .forEach(nested -> found.addAll(injected(nested)));
        return found;
    }

    private static Stream<Executable> executables(Class<?> type) {
        return Stream.concat(
                Stream.of(type.getDeclaredConstructors()),
                ReflectionSupport.findMethods(type, method -> true, TOP_DOWN).stream());
    }

    private static String of(Member member) {
        String owner = " of " + member.getDeclaringClass().getSimpleName();
        if (member instanceof Method) {
            return " of method " + member.getName() + owner;
        }
        return member instanceof Executable ? " of the constructor" + owner : owner;
    }

    private static boolean isInner(Class<?> type) {
        return type.isMemberClass() && !Modifier.isStatic(type.getModifiers());
    }
}
