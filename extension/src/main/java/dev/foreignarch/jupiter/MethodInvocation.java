package dev.foreignarch.jupiter;

import java.util.List;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;

/**
 * One test method on one architecture.
 *
 * <p>It is an extension too, since JUnit makes the instance of the test class before it calls
 * {@link #prepareInvocation}, and the constructor may ask for the architecture.
 */
record MethodInvocation(DeclaredArchitecture declared)
        implements TestTemplateInvocationContext, TestInstancePreConstructCallback {

    @Override
    public String getDisplayName(int invocationIndex) {
        return declared.name();
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
        return List.of(this);
    }

    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext rootContext) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public void preConstructTestInstance(TestInstanceFactoryContext factory, ExtensionContext context)
            throws Exception {
        declared.putInto(context);
        new Cell(context, declared).beforeConstructor(factory.getTestClass());
    }

    @Override
    public void prepareInvocation(ExtensionContext context) {
        declared.putInto(context);
    }
}
