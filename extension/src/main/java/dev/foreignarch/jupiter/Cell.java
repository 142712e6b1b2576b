package dev.foreignarch.jupiter;

import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;
import static org.junit.platform.commons.support.AnnotationSupport.findAnnotation;

import dev.foreignarch.program.Program;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;
import org.testcontainers.containers.GenericContainer;

/**
 * One test on one architecture: the unit of result.
 *
 * @param context the context of the test
 * @param declared the architecture
 */
record Cell(ExtensionContext context, DeclaredArchitecture declared) {

    /** Find the cell of a context; there is none outside of a test, nor for a test without architecture. */
    static Optional<Cell> of(ExtensionContext context) {
        return context.getTestMethod()
                .flatMap(method -> findAnnotation(method, ForeignArch.class))
                .map(own -> DeclaredArchitecture.of(own.value()).get(0))
                .or(() -> DeclaredArchitecture.in(context))
                .filter(found -> context.getTestMethod().isPresent())
                .map(found -> new Cell(context, found));
    }

    /** Tell why the test is better skipped. */
    Optional<String> reasonToSkip() {
        Settings settings = Settings.of(context);
        if (!settings.selection().includes(declared.architecture())) {
            return Optional.of(declared.name() + " is left out by " + ForeignArchParameters.ONLY + ", which selects "
                    + settings.selection() + ".");
        }
        return settings.skipUnavailable()
                ? preparation().diagnosis().map(diagnosis -> declared.name() + ": " + diagnosis.message())
                : Optional.empty();
    }

    /**
     * Look after a test whose constructor takes containers, and needs them before any condition is evaluated.
     *
     * @param testClass the class of which an instance is made
     */
    void beforeConstructor(Class<?> testClass) throws Exception {
        boolean takesContainer = Stream.of(testClass.getDeclaredConstructors())
                .map(Constructor::getParameters)
                .flatMap(Stream::of)
                .anyMatch(parameter ->
                        findAnnotation(parameter, ForeignContainer.class).isPresent());
        if (takesContainer) {
            reasonToSkip().ifPresent(reason -> {
                throw new TestAbortedException(reason);
            });
            requireMachine();
        }
    }

    /** Report where the test runs, and give it its containers. */
    void begin() throws Exception {
        declared.putInto(context);
        CellReport.of(context, declared).publishPlace();
        requireMachine();
        List<Object> instances = context.getRequiredTestInstances().getAllInstances();
        List<FieldOfTest> fields = fields(instances);
        refuse(fields);
        for (Object instance : instances) {
            for (DeclaredProgram program : DeclaredProgram.of(instance.getClass())) {
                program.fill(instance, program("field " + program.field().getName(), program.annotation()));
            }
        }
        ContainerScope.ofTest(context).fill(fields, place());
    }

    /** Start the container of a parameter. */
    GenericContainer<?> startForParameter(String name, ForeignContainer wanted) {
        return ContainerScope.ofTest(context).start("parameter " + name, wanted, place());
    }

    /** Make a program ready to run. */
    Program program(String purpose, ForeignProgram annotation) {
        Program program = host().program(
                        DeclaredProgram.spec(annotation, CpuModel.of(context), context::getConfigurationParameter),
                        declared.architecture());
        return ProgramScope.ofTest(context).add(purpose, program);
    }

    private void requireMachine() throws Exception {
        preparation().orThrow();
        Optional<InvocationContainers> shared = InvocationContainers.in(context);
        if (shared.isPresent()) {
            shared.get().requireStarted();
        }
    }

    private void refuse(List<FieldOfTest> fields) {
        boolean shared = context.getTestInstanceLifecycle().orElse(Lifecycle.PER_METHOD) == Lifecycle.PER_CLASS
                && Concurrency.of(context) == CONCURRENT;
        List<String> faults = new ArrayList<>();
        for (FieldOfTest field : fields) {
            if (shared) {
                faults.add(field + ": all tests share one instance (Lifecycle.PER_CLASS) and run at the same time,"
                        + " so that they would take each other's container. Add"
                        + " @Execution(ExecutionMode.SAME_THREAD) to the class, or take the container as a"
                        + " parameter of the test.");
            } else {
                field.faultOfValue().ifPresent(faults::add);
            }
        }
        if (!faults.isEmpty()) {
            throw Wording.refusal(context.getRequiredTestClass(), faults);
        }
    }

    private static List<FieldOfTest> fields(List<Object> instances) {
        return instances.stream()
                .flatMap(instance -> ContainerField.of(instance.getClass()).stream()
                        .filter(field -> !field.isStatic())
                        .map(field -> new FieldOfTest(field, instance)))
                .toList();
    }

    private Preparation preparation() {
        return Preparations.of(context).of(context, declared.architecture());
    }

    private Place place() {
        return Place.of(context, host(), declared);
    }

    private ForeignHost host() {
        return Preparations.of(context).host();
    }
}
