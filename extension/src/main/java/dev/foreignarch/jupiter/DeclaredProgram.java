package dev.foreignarch.jupiter;

import static org.junit.platform.commons.support.AnnotationSupport.findAnnotation;

import dev.foreignarch.program.Program;
import dev.foreignarch.program.ProgramSpec;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/**
 * A field with {@link ForeignProgram}.
 *
 * @param field the field
 * @param annotation what the user wants in it
 */
record DeclaredProgram(Field field, ForeignProgram annotation) {

    /** Find the fields of a class and of its superclasses, theirs first. */
    static List<DeclaredProgram> of(Class<?> type) {
        return AnnotationSupport.findAnnotatedFields(
                        type, ForeignProgram.class, field -> true, HierarchyTraversalMode.TOP_DOWN)
                .stream()
                .map(field -> new DeclaredProgram(
                        field, findAnnotation(field, ForeignProgram.class).orElseThrow()))
                .toList();
    }

    /** Return which program an annotation asks for. */
    static ProgramSpec spec(
            ForeignProgram annotation, Optional<String> cpu, Function<String, Optional<String>> parameters) {
        return new ProgramSpec(
                annotation.value(),
                Optional.of(annotation.image())
                        .map(String::strip)
                        .filter(image -> !image.isEmpty())
                        .map(image -> DeclaredImage.resolve(image, parameters)),
                annotation.emulation(),
                cpu);
    }

    /** Tell what is wrong with the declaration. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        if (field.getType() != Program.class) {
            faults.add(this + ": the field is a " + field.getType().getSimpleName() + ". Declare it as Program.");
        }
        if (annotation.value().isBlank()) {
            faults.add(this + " names no file. Write @ForeignProgram(\"build/{docker}/program\").");
        }
        if (Modifier.isFinal(field.getModifiers())) {
            faults.add(this + ": the field is final and can't be set. Remove final.");
        }
        if (Modifier.isStatic(field.getModifiers())) {
            faults.add(
                    this + ": the field is static, but each test gets a program of its own. Remove static: a container"
                            + " is shared all the same.");
        }
        return faults;
    }

    void fill(Object target, Program program) {
        try {
            field.setAccessible(true);
            field.set(target, program);
        } catch (IllegalAccessException closed) {
            throw new IllegalStateException(this + " can't be set.", closed);
        }
    }

    boolean isAbsent(Object target) {
        try {
            field.setAccessible(true);
            return field.get(target) == null;
        } catch (IllegalAccessException closed) {
            throw new IllegalStateException(this + " can't be read.", closed);
        }
    }

    /** Return how messages call the field. */
    @Override
    public String toString() {
        return Wording.annotation(ForeignProgram.class, annotation.value()) + " on field " + field.getName() + " of "
                + field.getDeclaringClass().getSimpleName();
    }
}
