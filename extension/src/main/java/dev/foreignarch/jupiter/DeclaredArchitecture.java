package dev.foreignarch.jupiter;

import dev.foreignarch.arch.Architecture;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * An architecture, and what the user calls it.
 *
 * @param name the name in the annotation, for example {@code linux/arm/v7}
 * @param architecture the architecture of that name
 */
record DeclaredArchitecture(String name, Architecture architecture) {

    /** Read the names of an annotation that {@link DeclarationRules} have found sound. */
    static List<DeclaredArchitecture> of(String... names) {
        return Stream.of(names)
                .map(name -> new DeclaredArchitecture(name, Architecture.of(name)))
                .toList();
    }

    /** Find the architecture on which the tests of a context run; an inner context may hide that of an outer one. */
    static Optional<DeclaredArchitecture> in(ExtensionContext context) {
        return Optional.ofNullable(context.getStore(ForeignArchExtension.NAMESPACE)
                .get(DeclaredArchitecture.class, DeclaredArchitecture.class));
    }

    /** Let the tests of a context run on this architecture. */
    void putInto(ExtensionContext context) {
        context.getStore(ForeignArchExtension.NAMESPACE).put(DeclaredArchitecture.class, this);
    }
}
