package dev.foreignarch.jupiter;

import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;
import static org.junit.platform.commons.support.AnnotationSupport.isAnnotated;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * The containers in static fields, which the tests of one class share as long as they run on one architecture.
 *
 * <p>What goes wrong with them is kept, and thrown in each test: an exception outside of the tests would take all of
 * them out of the report.
 */
final class InvocationContainers implements AutoCloseable {

    private final ContainerScope scope = new ContainerScope();

    private boolean begun;
    private @Nullable KeptFailure failure;

    /** Find those of the invocation that a context is part of. */
    static Optional<InvocationContainers> in(ExtensionContext context) {
        return Optional.ofNullable(context.getStore(ForeignArchExtension.NAMESPACE)
                .get(InvocationContainers.class, InvocationContainers.class));
    }

    /** Let the tests of a context share containers. */
    static void putInto(ExtensionContext context) {
        context.getStore(ForeignArchExtension.NAMESPACE).put(InvocationContainers.class, new InvocationContainers());
    }

    /** Start the containers, unless that was done: other class templates may be repeated inside the invocation. */
    void begin(ExtensionContext context, DeclaredArchitecture declared) {
        if (begun) {
            return;
        }
        begun = true;
        List<FieldOfTest> fields = staticFields(context);
        Preparations preparations = Preparations.of(context);
        if (fields.isEmpty()
                || !preparations.of(context, declared.architecture()).isSuccess()) {
            return;
        }
        try {
            refuse(context, fields);
            scope.fill(fields, Place.of(context, preparations.host(), declared));
        } catch (Throwable thrown) { // Testcontainers throws checked exceptions too, unannounced.
            failure = new KeptFailure(thrown);
        }
    }

    /** Throw what went wrong, if anything did. */
    void requireStarted() throws Exception {
        if (failure != null) {
            throw failure.again();
        }
    }

    List<UsedContainer> containers() {
        return scope.containers();
    }

    @Override
    public void close() {
        scope.close();
    }

    private static void refuse(ExtensionContext context, List<FieldOfTest> fields) {
        List<String> faults = new ArrayList<>();
        boolean concurrent = Concurrency.of(context) == CONCURRENT && isRepeated(context);
        for (FieldOfTest field : fields) {
            if (concurrent) {
                faults.add(field + ": the field is static, and the tests run on several architectures at the same time."
                        + " Add @Execution(ExecutionMode.SAME_THREAD) to the class, or remove static, which gives each"
                        + " test a container of its own.");
            } else {
                field.faultOfValue().ifPresent(faults::add);
            }
        }
        if (!faults.isEmpty()) {
            throw Wording.refusal(context.getRequiredTestClass(), faults);
        }
    }

    private static boolean isRepeated(ExtensionContext context) {
        return ForeignArchExtension.selected(context).size() > 1;
    }

    private static List<FieldOfTest> staticFields(ExtensionContext context) {
        Class<?> testClass = context.getRequiredTestClass();
        return Stream.concat(context.getEnclosingTestClasses().stream(), withNested(testClass))
                .flatMap(type -> ContainerField.of(type).stream())
                .filter(ContainerField::isStatic)
                .distinct()
                .map(field -> new FieldOfTest(field, null))
                .toList();
    }

    private static Stream<Class<?>> withNested(Class<?> testClass) {
        return Stream.concat(
                Stream.of(testClass),
                ReflectionSupport.findNestedClasses(testClass, nested -> isAnnotated(nested, Nested.class)).stream()
                        .flatMap(InvocationContainers::withNested));
    }
}
