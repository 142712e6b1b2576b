package dev.foreignarch.report;

import static org.junit.platform.commons.support.AnnotationSupport.findAnnotation;
import static org.junit.platform.commons.support.AnnotationSupport.isAnnotated;
import static org.junit.platform.commons.support.HierarchyTraversalMode.TOP_DOWN;
import static org.junit.platform.commons.support.ReflectionSupport.findMethods;
import static org.junit.platform.commons.support.ReflectionSupport.findNestedClasses;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.jupiter.ForeignArch;
import dev.foreignarch.jupiter.ForeignArchTest;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.platform.commons.JUnitException;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * A test or container with all that it belongs to.
 *
 * @param nodes the engine first, the test or container last
 */
record TestPath(List<TestIdentifier> nodes) {

    /** What stands in a row's ID where a test's ID has the architecture. No segment may be empty. */
    private static final String ANY = "*";

    static TestPath of(TestPlan plan, TestIdentifier test) {
        List<TestIdentifier> nodes = new ArrayList<>();
        for (Optional<TestIdentifier> node = Optional.of(test); node.isPresent(); node = plan.getParent(node.get())) {
            nodes.add(0, node.get());
        }
        return new TestPath(List.copyOf(nodes));
    }

    private TestIdentifier last() {
        return nodes.get(nodes.size() - 1);
    }

    /**
     * Return how many of the nodes belong to the class. What is below its methods may name other classes: a dynamic test
     * may have any source.
     */
    private int depthOfClass() {
        int depth = 1;
        while (depth < nodes.size() && isOfClass(depth)) {
            depth++;
        }
        return depth;
    }

    private boolean isOfClass(int index) {
        return source(index, ClassSource.class).isPresent()
                || switch (segment(index).getType()) {
                    case "engine", "architecture", "class-template-invocation" -> true;
                    default -> false;
                };
    }

    private <S extends TestSource> Optional<S> source(int index, Class<S> kind) {
        return nodes.get(index).getSource().filter(kind::isInstance).map(kind::cast);
    }

    private Optional<MethodSource> method() {
        int depth = depthOfClass();
        return depth < nodes.size() ? source(depth, MethodSource.class) : Optional.empty();
    }

    /** Return the name of the class, or of what is nearest to one. */
    String type() {
        Optional<String> ofMethod = method().map(MethodSource::getClassName);
        return ofMethod.or(() -> classes().map(ClassSource::getClassName).reduce((outer, inner) -> inner))
                .orElseGet(() -> nodes.get(0).getDisplayName());
    }

    private Stream<ClassSource> classes() {
        return Stream.iterate(0, index -> index < depthOfClass(), index -> index + 1)
                .flatMap(index -> source(index, ClassSource.class).stream());
    }

    /** Find the node whose name or annotation says on which architecture all below it runs; the innermost counts. */
    private Optional<Integer> placed() {
        return Stream.iterate(nodes.size() - 1, index -> index >= 0, index -> index - 1)
                .filter(index -> architecture(index).isPresent())
                .findFirst();
    }

    /** Return the architecture that the test or container runs on. */
    Optional<Architecture> architecture() {
        return placed().flatMap(this::architecture);
    }

    private Optional<Architecture> architecture(int index) {
        return switch (segment(index).getType()) {
            case "architecture" -> named(index);
            case "class-template-invocation" ->
                source(index - 1, ClassSource.class)
                        .flatMap(TestPath::load)
                        .flatMap(type -> findAnnotation(type, ForeignArch.class))
                        .flatMap(repeated -> named(index));
            case "test-template-invocation" ->
                annotation(index - 1, ForeignArchTest.class).flatMap(repeated -> named(index));
            default ->
                index == depthOfClass()
                        ? annotation(index, ForeignArch.class)
                                .filter(own -> own.value().length == 1)
                                .flatMap(own -> Architecture.find(own.value()[0]))
                        : Optional.empty();
        };
    }

    private UniqueId.Segment segment(int index) {
        return nodes.get(index).getUniqueIdObject().getLastSegment();
    }

    private Optional<Architecture> named(int index) {
        return Architecture.find(nodes.get(index).getDisplayName());
    }

    private <A extends Annotation> Optional<A> annotation(int index, Class<A> annotation) {
        return source(index, MethodSource.class)
                .flatMap(TestPath::load)
                .flatMap(method -> findAnnotation(method, annotation));
    }

    /** Return the architectures that the test or container itself declares, or the class around it, or what is in it. */
    Stream<Architecture> declared() {
        Stream<Architecture> ofMethod =
                method().flatMap(TestPath::load).stream().flatMap(TestPath::declaredBy);
        Stream<Architecture> ofClasses =
                classes().flatMap(source -> load(source).stream()).flatMap(TestPath::declaredBy);
        return Stream.of(ofMethod, ofClasses, inTemplate())
                .flatMap(each -> each)
                .distinct();
    }

    /** What is in a class template JUnit knows only when it runs. */
    private Stream<Architecture> inTemplate() {
        int index = nodes.size() - 1;
        return segment(index).getType().endsWith("class-template")
                ? source(index, ClassSource.class).flatMap(TestPath::load).stream()
                        .flatMap(type -> declaredInside((Class<?>) type))
                : Stream.empty();
    }

    private static Stream<Architecture> declaredInside(Class<?> type) {
        return Stream.concat(
                findMethods(type, method -> true, TOP_DOWN).stream().flatMap(TestPath::declaredBy),
                findNestedClasses(type, nested -> isAnnotated(nested, Nested.class)).stream()
                        .flatMap(nested -> Stream.concat(declaredBy(nested), declaredInside(nested))));
    }

    private static Stream<Architecture> declaredBy(AnnotatedElement element) {
        Stream<String[]> names = Stream.concat(
                findAnnotation(element, ForeignArchTest.class).map(ForeignArchTest::value).stream(),
                findAnnotation(element, ForeignArch.class).map(ForeignArch::value).stream());
        return names.flatMap(Stream::of).flatMap(name -> Architecture.find(name).stream());
    }

    private static Optional<AnnotatedElement> load(TestSource source) {
        try {
            return source instanceof MethodSource method
                    ? Optional.of(method.getJavaMethod())
                    : Optional.of(((ClassSource) source).getJavaClass());
        } catch (JUnitException notHere) {
            // Tests of another engine may name a class or method that is none.
            return Optional.empty();
        }
    }

    /** Return the unique ID without the architecture. */
    String row() {
        Optional<UniqueId> placed = placed().filter(this::isInvocation)
                .map(index -> nodes.get(index).getUniqueIdObject());
        if (placed.isEmpty()) {
            return last().getUniqueId();
        }
        UniqueId full = last().getUniqueIdObject();
        int replaced = placed.get().getSegments().size() - 1;
        UniqueId.Segment engine = full.getSegments().get(0);
        UniqueId row = UniqueId.root(engine.getType(), engine.getValue());
        for (int index = 1; index < full.getSegments().size(); index++) {
            UniqueId.Segment segment = full.getSegments().get(index);
            row = index == replaced ? row.append(segment.getType(), ANY) : row.append(segment);
        }
        return row.toString();
    }

    /** Return the name of the test in its class, without the architecture. */
    String name() {
        int depth = depthOfClass();
        Optional<Integer> placed = placed().filter(this::isInvocation);
        List<String> names = new ArrayList<>();
        for (int index = 0; index < nodes.size(); index++) {
            boolean ofClass = index < depth && !isInvocation(index);
            if (!ofClass && placed.filter(Integer.valueOf(index)::equals).isEmpty()) {
                names.add(nodes.get(index).getDisplayName().replaceAll("\\(\\)$", ""));
            }
        }
        if (last().isTest()) {
            return String.join(" › ", names);
        }
        boolean here = placed.filter(Integer.valueOf(nodes.size() - 1)::equals).isPresent();
        String whole = here ? "(on this architecture as a whole)" : "(as a whole)";
        return names.isEmpty()
                ? here ? "(the class on this architecture)" : "(the class as a whole)"
                : String.join(" › ", names) + " " + whole;
    }

    private boolean isInvocation(int index) {
        return switch (segment(index).getType()) {
            case "architecture", "class-template-invocation", "test-template-invocation" -> true;
            default -> false;
        };
    }
}
