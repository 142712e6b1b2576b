package dev.foreignarch.jupiter;

import static org.junit.platform.commons.support.AnnotationSupport.findAnnotation;
import static org.junit.platform.commons.support.AnnotationSupport.isAnnotated;

import dev.foreignarch.arch.Architecture;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Parameter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeClassTemplateInvocationCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContext;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContextProvider;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/**
 * The extension behind {@link ForeignArch}, {@link ForeignArchTest} and {@link ForeignContainer}: it tells JUnit's
 * moments to those who act on them. What it knows of a test is in JUnit's store.
 */
final class ForeignArchExtension
        implements ClassTemplateInvocationContextProvider,
                TestTemplateInvocationContextProvider,
                ExecutionCondition,
                BeforeAllCallback,
                BeforeClassTemplateInvocationCallback,
                TestInstancePreConstructCallback,
                BeforeEachCallback,
                ParameterResolver,
                InvocationInterceptor,
                AfterEachCallback {

    static final Namespace NAMESPACE = Namespace.create(ForeignArchExtension.class);

    /** An instance of a test class belongs to a test here, and so to an architecture. */
    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext rootContext) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        insistOnSoundness(context);
    }

    @Override
    public boolean supportsClassTemplate(ExtensionContext context) {
        // What runs in a foreign JVM has but one architecture there, and ForeignJvmExtension brings it.
        return isAnnotated(context.getRequiredTestClass(), ForeignArch.class)
                && !isAnnotated(context.getRequiredTestClass(), ForeignJvm.class);
    }

    @Override
    public Stream<? extends ClassTemplateInvocationContext> provideClassTemplateInvocationContexts(
            ExtensionContext context) {
        List<DeclaredArchitecture> selected = selected(context);
        Preparations.of(context).prepare(selected);
        return selected.stream().map(ClassInvocation::new);
    }

    @Override
    public boolean mayReturnZeroClassTemplateInvocationContexts(ExtensionContext context) {
        return true;
    }

    @Override
    public void beforeClassTemplateInvocation(ExtensionContext context) {
        DeclaredArchitecture.in(context)
                .ifPresent(declared ->
                        InvocationContainers.in(context).ifPresent(containers -> containers.begin(context, declared)));
    }

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return isAnnotated(context.getTestMethod(), ForeignArchTest.class);
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        DeclarationRules.enforce(context);
        List<DeclaredArchitecture> selected = Settings.of(context)
                .selection()
                .of(DeclaredArchitecture.of(findAnnotation(context.getTestMethod(), ForeignArchTest.class)
                        .orElseThrow()
                        .value()));
        Preparations.of(context).prepare(selected);
        return selected.stream().map(MethodInvocation::new);
    }

    @Override
    public boolean mayReturnZeroTestTemplateInvocationContexts(ExtensionContext context) {
        return true;
    }

    /** Skip tests one by one: a class or a template that is skipped as a whole is one row in a report, or none. */
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        boolean oneTest = context.getTestMethod().isPresent() && !isTemplate(context);
        return Optional.of(context)
                .filter(any -> oneTest && isSound(context))
                .flatMap(Cell::of)
                .flatMap(Cell::reasonToSkip)
                .map(ConditionEvaluationResult::disabled)
                .orElseGet(() -> ConditionEvaluationResult.enabled(null));
    }

    @Override
    public void preConstructTestInstance(TestInstanceFactoryContext factory, ExtensionContext context)
            throws Exception {
        insistOnSoundness(context);
        Optional<Cell> cell = Cell.of(context);
        if (cell.isPresent()) {
            cell.get().beforeConstructor(factory.getTestClass());
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        insistOnSoundness(context);
        Optional<Cell> cell = Cell.of(context);
        if (cell.isPresent()) {
            cell.get().begin();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return !InsideForeignJvm.isTrue()
                && (parameter.getParameter().getType() == Architecture.class
                        || parameter.isAnnotated(ForeignContainer.class)
                        || parameter.isAnnotated(ForeignProgram.class));
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Parameter declaration = parameter.getParameter();
        Optional<ForeignContainer> container = parameter.findAnnotation(ForeignContainer.class);
        if (container.isPresent()) {
            return Cell.of(context)
                    .orElseThrow(() -> withoutArchitecture(parameter, context))
                    .startForParameter(declaration.getName(), container.get());
        }
        Optional<ForeignProgram> program = parameter.findAnnotation(ForeignProgram.class);
        if (program.isPresent()) {
            return Cell.of(context)
                    .orElseThrow(() -> withoutArchitecture(parameter, context))
                    .program("parameter " + declaration.getName(), program.get());
        }
        CellUse.of(context).ask();
        return Cell.of(context)
                .map(Cell::declared)
                .or(() -> DeclaredArchitecture.in(context))
                .or(() -> onlyOne(context))
                .map(DeclaredArchitecture::architecture)
                .orElseThrow(() -> withoutArchitecture(parameter, context));
    }

    @Override
    public void interceptDynamicTest(
            Invocation<Void> invocation, DynamicTestInvocationContext dynamicTest, ExtensionContext context)
            throws Throwable {
        try {
            invocation.proceed();
        } catch (Throwable failure) {
            DeclaredArchitecture.in(context)
                    .ifPresent(declared -> CellReport.of(context, declared).explain(failure));
            throw failure;
        } finally {
            DeclaredArchitecture.in(context)
                    .ifPresent(declared -> CellReport.of(context, declared).publishMarks());
        }
    }

    /** The failure is not thrown again: what is attached to it here arrives in the report. */
    @Override
    public void afterEach(ExtensionContext context) {
        if (isSound(context)) {
            try {
                ContainerScope.find(context).ifPresent(ContainerScope::lookBeforeStop);
            } finally {
                report(context);
            }
        }
    }

    private static void report(ExtensionContext context) {
        Cell.of(context).map(cell -> CellReport.of(context, cell.declared())).ifPresent(report -> {
            context.getExecutionException().ifPresent(report::explain);
            report.publishContainers();
            report.publishMarks();
        });
    }

    /** Return the architectures on which the class of a context is repeated in this run. */
    static List<DeclaredArchitecture> selected(ExtensionContext context) {
        return Settings.of(context).selection().of(declared(context.getRequiredTestClass()));
    }

    private static List<DeclaredArchitecture> declared(Class<?> testClass) {
        return findAnnotation(testClass, ForeignArch.class)
                .map(found -> DeclaredArchitecture.of(found.value()))
                .orElse(List.of());
    }

    /** A method that runs once for the whole class has an architecture all the same, if the class has but one. */
    private static Optional<DeclaredArchitecture> onlyOne(ExtensionContext context) {
        return Stream.concat(Stream.of(context.getRequiredTestClass()), context.getEnclosingTestClasses().stream())
                .map(ForeignArchExtension::declared)
                .filter(architectures -> !architectures.isEmpty())
                .findFirst()
                .filter(architectures -> architectures.size() == 1)
                .map(architectures -> architectures.get(0));
    }

    /** Tell the container of a template's tests from the tests themselves, which have the same method. */
    private static boolean isTemplate(ExtensionContext context) {
        return isAnnotated(context.getTestMethod(), TestTemplate.class)
                && context.getParent().flatMap(ExtensionContext::getTestMethod).isEmpty();
    }

    /** The JVM that starts a foreign one looks itself, before it does so: an emulated one would need long for it. */
    private static void insistOnSoundness(ExtensionContext context) {
        if (!InsideForeignJvm.isTrue()) {
            DeclarationRules.enforce(context);
            Settings.of(context);
        }
    }

    /** What is wrong is told by the test itself: JUnit wraps what a condition throws into words of its own. */
    private static boolean isSound(ExtensionContext context) {
        try {
            insistOnSoundness(context);
            return true;
        } catch (ExtensionConfigurationException toldLater) {
            return false;
        }
    }

    private static ParameterResolutionException withoutArchitecture(
            ParameterContext parameter, ExtensionContext context) {
        Executable executable = parameter.getDeclaringExecutable();
        String found = "Parameter " + parameter.getParameter().getName() + " of " + Wording.executable(executable);
        return new ParameterResolutionException(
                executable instanceof Constructor && context.getTestMethod().isEmpty()
                        ? found + " needs an architecture, but one instance serves all tests (Lifecycle.PER_CLASS)."
                                + " Take the parameter in @BeforeEach or in the test, or remove PER_CLASS."
                        : found + " needs an architecture, but neither its test nor the class has one."
                                + " Put @ForeignArch on the class or on the test.");
    }
}
