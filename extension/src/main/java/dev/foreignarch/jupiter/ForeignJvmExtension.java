package dev.foreignarch.jupiter;

import dev.foreignarch.arch.Architecture;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContext;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContextProvider;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Runs a {@link ForeignJvm} class once: in a foreign JVM there is but one architecture.
 *
 * <p>{@link ForeignArch} makes every class a template; here is the invocation that it needs there. In the JVM that
 * starts the tests JUnit Jupiter never sees the class, since another engine takes it.
 */
final class ForeignJvmExtension implements ClassTemplateInvocationContextProvider, ParameterResolver {

    @Override
    public boolean supportsClassTemplate(ExtensionContext context) {
        // An inner class may be a template of its own.
        return AnnotationSupport.isAnnotated(context.getRequiredTestClass(), ForeignJvm.class);
    }

    @Override
    public Stream<? extends ClassTemplateInvocationContext> provideClassTemplateInvocationContexts(
            ExtensionContext context) {
        return Stream.of(new OnlyInvocation(InsideForeignJvm.name().orElseThrow(() -> notTaken(context))));
    }

    private static ExtensionConfigurationException notTaken(ExtensionContext context) {
        return new ExtensionConfigurationException("@ForeignJvm class "
                + context.getRequiredTestClass().getName()
                + " would have run in this JVM instead of a foreign one: the test engine 'foreignarch-jvm' did not get it."
                + " Include that engine wherever engines are chosen (includeEngines, @IncludeEngines), and start the"
                + " tests through JUnit's Launcher.");
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Architecture.class && InsideForeignJvm.isTrue();
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return InsideForeignJvm.architecture().orElseThrow();
    }

    private record OnlyInvocation(String architecture) implements ClassTemplateInvocationContext {
        @Override
        public String getDisplayName(int index) {
            return architecture;
        }
    }
}
