package dev.foreignarch.jupiter;

import org.junit.jupiter.api.extension.ClassTemplateInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;

/** All tests of a class on one architecture. */
record ClassInvocation(DeclaredArchitecture declared) implements ClassTemplateInvocationContext {

    @Override
    public String getDisplayName(int invocationIndex) {
        return declared.name();
    }

    @Override
    public void prepareInvocation(ExtensionContext context) {
        declared.putInto(context);
        InvocationContainers.putInto(context);
        CellUse.open(context);
    }
}
