package dev.foreignarch.jupiter;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestInstances;

/**
 * Explains what fails because a field with {@link ForeignContainer} or {@link ForeignProgram} is used where it has nothing:
 * outside of the tests of any architecture.
 *
 * <p>Whether a field is used there can't be seen beforehand, and to have it beside tests without an architecture is right.
 */
final class AbsentFields implements TestExecutionExceptionHandler, LifecycleMethodExecutionExceptionHandler {

    /** How the JVM names a field or variable that is null. */
    private static final Pattern NULL = Pattern.compile("because \"([^\"]+)\" is null");

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw explainedInTest(context, failure);
    }

    @Override
    public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw explainedInTest(context, failure);
    }

    @Override
    public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw explainedInTest(context, failure);
    }

    @Override
    public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw explained(
                context,
                failure,
                "in @BeforeAll, which runs once, before the tests of any architecture. Move what needs it to @BeforeEach,"
                        + " or to the tests.");
    }

    @Override
    public void handleAfterAllMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw explained(
                context,
                failure,
                "in @AfterAll, which runs once, after the tests of all architectures. Move what needs it to @AfterEach, or"
                        + " to the tests.");
    }

    private static Throwable explainedInTest(ExtensionContext context, Throwable failure) {
        return Cell.of(context).isPresent()
                ? failure
                : explained(
                        context,
                        failure,
                        "here, since " + Wording.executable(context.getRequiredTestMethod())
                                + " has no architecture. Put @ForeignArch on the method or on the class, or do without"
                                + " the field in it.");
    }

    private static Throwable explained(ExtensionContext context, Throwable failure, String where) {
        if (InsideForeignJvm.isTrue()) {
            return failure;
        }
        List<AbsentField> absent = absent(context);
        if (isOfContainer(failure)) {
            return refusal(context, failure, where, absent.stream().filter(AbsentField::isThere));
        }
        if (failure instanceof NullPointerException) {
            Optional<String> name = nameOfNull(failure);
            return name.filter(isOfField -> isOfField.contains(".")).isPresent()
                    ? refusal(context, failure, where, absent.stream().filter(field -> field.isCalled(name.get())))
                    : noted(failure, where, absent, name);
        }
        return failure;
    }

    private static Throwable refusal(
            ExtensionContext context, Throwable failure, String where, Stream<AbsentField> used) {
        List<String> faults = used.map(field -> field.fault(where)).toList();
        if (faults.isEmpty()) {
            return failure;
        }
        ExtensionConfigurationException refusal = Wording.refusal(context.getRequiredTestClass(), faults);
        refusal.initCause(failure);
        return refusal;
    }

    /** A variable that is null may have its value from a field. */
    private static Throwable noted(
            Throwable failure, String where, List<AbsentField> absent, Optional<String> variable) {
        if (failure.getMessage() == null || variable.isPresent()) {
            absent.stream()
                    .filter(field -> !field.isThere())
                    .forEach(field -> new CellNote(field.fault(where)).attachTo(failure));
        }
        return failure;
    }

    /** Testcontainers refuses most calls of a container that is not started. Its other refusals are of something else. */
    private static boolean isOfContainer(Throwable failure) {
        return failure instanceof IllegalStateException
                && Stream.of(failure.getStackTrace())
                        .map(StackTraceElement::getClassName)
                        .filter(name -> !name.startsWith("org.testcontainers.shaded."))
                        .findFirst()
                        .filter(name -> name.startsWith("org.testcontainers.containers."))
                        .isPresent();
    }

    private static Optional<String> nameOfNull(Throwable failure) {
        return Optional.ofNullable(failure.getMessage())
                .map(NULL::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1));
    }

    /** Find the fields that have nothing at the moment, of the instances that there are and of their classes. */
    private static List<AbsentField> absent(ExtensionContext context) {
        List<Object> instances =
                context.getTestInstances().map(TestInstances::getAllInstances).orElse(List.of());
        Stream<Class<?>> classes =
                Stream.concat(context.getEnclosingTestClasses().stream(), Stream.of(context.getRequiredTestClass()));
        return Stream.concat(
                        classes.flatMap(type -> containers(type, null)),
                        instances.stream()
                                .flatMap(instance ->
                                        Stream.concat(containers(instance.getClass(), instance), programs(instance))))
                .distinct()
                .toList();
    }

    private static Stream<AbsentField> containers(Class<?> type, @Nullable Object target) {
        return ContainerField.of(type).stream()
                .filter(field -> field.isStatic() == (target == null))
                .filter(field -> field.isAbsent(target))
                .map(field -> new AbsentField(field.toString(), field.name(), !field.namesImage()));
    }

    private static Stream<AbsentField> programs(Object instance) {
        return DeclaredProgram.of(instance.getClass()).stream()
                .filter(program -> program.isAbsent(instance))
                .map(program ->
                        new AbsentField(program.toString(), program.field().getName(), false));
    }

    /**
     * A field that has nothing.
     *
     * @param declaration how messages call it
     * @param name its name
     * @param isThere whether it holds a container, which is not started
     */
    private record AbsentField(String declaration, String name, boolean isThere) {

        boolean isCalled(String path) {
            return path.endsWith("." + name);
        }

        String fault(String where) {
            return declaration + (isThere ? ": its container is not started " : ": the field is not set ") + where;
        }
    }
}
