package dev.foreignarch.jupiter;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.GenericContainer;

/**
 * A field with {@link ForeignContainer}, where a test has it.
 *
 * @param declaration the field
 * @param target the instance that has the field, or nothing if the field is static
 */
record FieldOfTest(ContainerField declaration, @Nullable Object target) {

    String name() {
        return declaration.name();
    }

    /** Tell what is wrong with the field's value, before anything is started. */
    Optional<String> faultOfValue() {
        return declaration.faultOfValue(target);
    }

    /** Return the container, made or bound for an architecture, not started. */
    GenericContainer<?> container(Place place) {
        return declaration.container(target, place);
    }

    /** Put a started container into the field, if it is not there already. */
    void fill(GenericContainer<?> container) {
        declaration.fill(target, container);
    }

    /** Leave the field as it was before {@link #fill}. */
    void clear() {
        declaration.clear(target);
    }

    /** Return how messages call the field. */
    @Override
    public String toString() {
        return declaration.toString();
    }
}
