package dev.foreignarch.report;

import static org.junit.platform.commons.support.AnnotationSupport.findAnnotation;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.jupiter.ForeignArch;
import dev.foreignarch.jupiter.ForeignArchTest;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.platform.commons.JUnitException;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Finds the place of tests in the table: which test it is, and on which architecture.
 *
 * @param plan the tests of a run
 */
record CellFinder(TestPlan plan) {

    /**
     * Find the places of a test, or of a container whose own code failed.
     *
     * @return one place; one for each architecture of a class that failed before any of them had its turn; or none, for
     *     what has no architecture
     */
    List<CellAddress> find(TestIdentifier test) {
        List<TestIdentifier> path = path(test);
        Optional<String> type = reversed(path).stream()
                .flatMap(node -> node.getSource().stream())
                .flatMap(source -> className(source).stream())
                .findFirst();
        if (type.isEmpty()) {
            return List.of();
        }
        Optional<Architecture> architecture = reversed(path).stream()
                .flatMap(node -> architecture(node).stream())
                .findFirst();
        Stream<Architecture> architectures =
                architecture.isPresent() ? architecture.stream() : test.isContainer() ? declared(path) : Stream.empty();
        return architectures
                .map(each -> new CellAddress(type.get(), name(path), each))
                .toList();
    }

    private List<TestIdentifier> path(TestIdentifier test) {
        List<TestIdentifier> path = new ArrayList<>();
        for (Optional<TestIdentifier> node = Optional.of(test); node.isPresent(); node = plan.getParent(node.get())) {
            path.add(0, node.get());
        }
        return path;
    }

    private static List<TestIdentifier> reversed(List<TestIdentifier> path) {
        List<TestIdentifier> reversed = new ArrayList<>(path);
        Collections.reverse(reversed);
        return reversed;
    }

    private static Optional<String> className(TestSource source) {
        if (source instanceof ClassSource type) {
            return Optional.of(type.getClassName());
        }
        return source instanceof MethodSource method ? Optional.of(method.getClassName()) : Optional.empty();
    }

    /** Return the architecture that a node stands for, whose name it then has. */
    private Optional<Architecture> architecture(TestIdentifier node) {
        UniqueId id = node.getUniqueIdObject();
        return switch (id.getLastSegment().getType()) {
            case "architecture" -> Architecture.find(node.getDisplayName());
            case "class-template-invocation" ->
                plan.getParent(node)
                        .filter(CellFinder::isRepeated)
                        .flatMap(parent -> Architecture.find(node.getDisplayName()));
            case "test-template-invocation" ->
                plan.getParent(node)
                        .filter(parent -> isAnnotated(parent, ForeignArchTest.class))
                        .flatMap(parent -> Architecture.find(node.getDisplayName()));
            default ->
                annotation(node, ForeignArch.class)
                        .filter(own -> own.value().length == 1)
                        .flatMap(own -> Architecture.find(own.value()[0]));
        };
    }

    private static boolean isRepeated(TestIdentifier node) {
        return node.getSource()
                .flatMap(CellFinder::type)
                .flatMap(type -> findAnnotation(type, ForeignArch.class))
                .isPresent();
    }

    private static Stream<Architecture> declared(List<TestIdentifier> path) {
        return reversed(path).stream()
                .flatMap(node -> node.getSource().flatMap(CellFinder::type).stream())
                .flatMap(type -> findAnnotation(type, ForeignArch.class).stream())
                .findFirst()
                .stream()
                .flatMap(found -> Stream.of(found.value()))
                .flatMap(name -> Architecture.find(name).stream())
                .distinct();
    }

    private static <A extends Annotation> Optional<A> annotation(TestIdentifier node, Class<A> annotation) {
        return node.getSource()
                .filter(MethodSource.class::isInstance)
                .map(MethodSource.class::cast)
                .flatMap(CellFinder::method)
                .flatMap(method -> findAnnotation(method, annotation));
    }

    private static boolean isAnnotated(TestIdentifier node, Class<? extends Annotation> annotation) {
        return annotation(node, annotation).isPresent();
    }

    private static Optional<Method> method(MethodSource source) {
        try {
            return Optional.of(source.getJavaMethod());
        } catch (JUnitException notHere) {
            // Tests of another engine may name a method that is none.
            return Optional.empty();
        }
    }

    private static Optional<Class<?>> type(TestSource source) {
        try {
            return source instanceof ClassSource type ? Optional.of(type.getJavaClass()) : Optional.empty();
        } catch (JUnitException notHere) {
            return Optional.empty();
        }
    }

    /** Return the name of a test in its class, without the architecture. */
    private String name(List<TestIdentifier> path) {
        List<String> names = new ArrayList<>();
        for (TestIdentifier node : path) {
            boolean ofClass = node.getParentIdObject().isEmpty()
                    || node.getSource().filter(ClassSource.class::isInstance).isPresent()
                    || node.getUniqueIdObject().getLastSegment().getType().equals("engine");
            if (!ofClass && (!isInvocation(node) || architecture(node).isEmpty())) {
                names.add(node.getDisplayName().replaceAll("\\(\\)$", ""));
            }
        }
        return names.isEmpty() ? "(the class as a whole)" : String.join(" › ", names);
    }

    private static boolean isInvocation(TestIdentifier node) {
        return switch (node.getUniqueIdObject().getLastSegment().getType()) {
            case "architecture", "class-template-invocation", "test-template-invocation" -> true;
            default -> false;
        };
    }
}
