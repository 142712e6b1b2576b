package dev.foreignarch.jupiter;

import static org.junit.platform.commons.support.AnnotationSupport.findAnnotation;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.testcontainers.containers.GenericContainer;

/**
 * A field with {@link ForeignContainer}.
 *
 * @param field the field
 * @param annotation what the user wants in it
 */
record ContainerField(Field field, ForeignContainer annotation) {

    /** Find the fields of a class and of its superclasses, theirs first. */
    static List<ContainerField> of(Class<?> type) {
        return AnnotationSupport.findAnnotatedFields(
                        type, ForeignContainer.class, field -> true, HierarchyTraversalMode.TOP_DOWN)
                .stream()
                .map(field -> new ContainerField(
                        field, findAnnotation(field, ForeignContainer.class).orElseThrow()))
                .toList();
    }

    boolean isStatic() {
        return Modifier.isStatic(field.getModifiers());
    }

    /** Return whether the extension makes the container, rather than the user. */
    boolean namesImage() {
        return !annotation.value().isBlank();
    }

    String name() {
        return field.getName();
    }

    /**
     * Tell what is wrong with the field's value, before anything is started.
     *
     * @param target the instance that has the field, or nothing if the field is static
     */
    Optional<String> faultOfValue(@Nullable Object target) {
        Object value = value(target);
        if (namesImage()) {
            return value == null
                    ? Optional.empty()
                    : Optional.of(this
                            + " names an image, but the field holds a container already. Leave one of the two out.");
        }
        if (value == null) {
            return Optional.of(this + " names no image, and the field holds no container."
                    + " Write @ForeignContainer(\"image:tag\"), or assign a container.");
        }
        return ((GenericContainer<?>) value).getContainerId() == null
                ? Optional.empty()
                : Optional.of(this + " holds a container that is started already, so that its architecture can't be"
                        + " chosen any more. Leave its start to ForeignArch: remove the call of start(), or"
                        + " Testcontainers' @Container beside @ForeignContainer.");
    }

    /**
     * Tell whether there is no container in the field, or one that is not started.
     *
     * @param target the instance that has the field, or nothing if the field is static
     */
    boolean isAbsent(@Nullable Object target) {
        return !(value(target) instanceof GenericContainer<?> container) || container.getContainerId() == null;
    }

    /** Return the container, made or bound for an architecture, not started. */
    GenericContainer<?> container(@Nullable Object target, Place place) {
        if (namesImage()) {
            return place.create(annotation.value(), annotation.emulation());
        }
        if (!(value(target) instanceof GenericContainer<?> own)) {
            throw new IllegalStateException(this + " has lost its container.");
        }
        place.bind(own, annotation.emulation());
        return own;
    }

    /** Put a started container into the field, if it is not there already. */
    void fill(@Nullable Object target, GenericContainer<?> container) {
        if (namesImage()) {
            set(target, container);
        }
    }

    /** Leave the field as it was before {@link #fill}. */
    void clear(@Nullable Object target) {
        if (namesImage()) {
            set(target, null);
        }
    }

    private void set(@Nullable Object target, @Nullable GenericContainer<?> container) {
        try {
            field.setAccessible(true);
            field.set(target, container);
        } catch (IllegalAccessException closed) {
            throw new IllegalStateException(this + " can't be set.", closed);
        }
    }

    private @Nullable Object value(@Nullable Object target) {
        try {
            field.setAccessible(true);
            return field.get(target);
        } catch (IllegalAccessException closed) {
            throw new IllegalStateException(this + " can't be read.", closed);
        }
    }

    /** Return how messages call the field, for example {@code @ForeignContainer("redis:7") on field redis of CacheTest}. */
    @Override
    public String toString() {
        return Wording.annotation(ForeignContainer.class, annotation.value()) + " on field " + name() + " of "
                + field.getDeclaringClass().getSimpleName();
    }
}
