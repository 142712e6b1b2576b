package dev.foreignarch.jupiter;

import static org.apiguardian.api.API.Status.INTERNAL;
import static org.junit.platform.commons.support.AnnotationSupport.findAnnotation;
import static org.junit.platform.commons.support.AnnotationSupport.isAnnotated;
import static org.junit.platform.commons.support.HierarchyTraversalMode.TOP_DOWN;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.junit.platform.commons.support.ReflectionSupport;

/** Finds out whether a class asks ForeignArch for anything, for engines that would not notice. */
@API(status = INTERNAL, since = "0.2")
public final class DeclaredUse {

    private static final List<Class<? extends Annotation>> OF_CLASSES = List.of(ForeignArch.class, ForeignJvm.class);
    private static final List<Class<? extends Annotation>> OF_METHODS =
            List.of(ForeignArch.class, ForeignArchTest.class);
    private static final List<Class<? extends Annotation>> OF_FIELDS =
            List.of(ForeignContainer.class, ForeignProgram.class);

    private DeclaredUse() {}

    /**
     * Look at a class.
     *
     * @return the first annotation of ours, as messages call it: {@code @ForeignArch("s390x") on class CodecTest}
     */
    public static Optional<String> in(Class<?> type) {
        return Stream.of(ofClass(type), ofMethods(type), ofFields(type))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> ofClass(Class<?> type) {
        return first(type, OF_CLASSES).map(found -> found + " on class " + type.getSimpleName());
    }

    private static Optional<String> ofMethods(Class<?> type) {
        return ReflectionSupport.findMethods(type, DeclaredUse::hasArchitecture, TOP_DOWN).stream()
                .findFirst()
                .flatMap(method -> first(method, OF_METHODS).map(found -> found + " on " + Wording.executable(method)));
    }

    private static boolean hasArchitecture(Method method) {
        return OF_METHODS.stream().anyMatch(annotation -> isAnnotated(method, annotation));
    }

    private static Optional<String> ofFields(Class<?> type) {
        return ReflectionSupport.findFields(type, DeclaredUse::isInjected, TOP_DOWN).stream()
                .findFirst()
                .flatMap(field -> first(field, OF_FIELDS)
                        .map(found -> found + " on field " + field.getName() + " of "
                                + field.getDeclaringClass().getSimpleName()));
    }

    private static boolean isInjected(Field field) {
        return OF_FIELDS.stream().anyMatch(annotation -> isAnnotated(field, annotation));
    }

    private static Optional<String> first(AnnotatedElement element, List<Class<? extends Annotation>> annotations) {
        return annotations.stream()
                .flatMap(annotation -> findAnnotation(element, annotation).stream())
                .findFirst()
                .map(DeclaredUse::wording);
    }

    private static String wording(Annotation annotation) {
        if (annotation instanceof ForeignArch architectures) {
            return Wording.annotation(ForeignArch.class, architectures.value());
        }
        return annotation instanceof ForeignArchTest architectures
                ? Wording.annotation(ForeignArchTest.class, architectures.value())
                : "@" + annotation.annotationType().getSimpleName();
    }
}
