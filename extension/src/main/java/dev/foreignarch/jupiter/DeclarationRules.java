package dev.foreignarch.jupiter;

import static dev.foreignarch.jupiter.Wording.annotation;
import static dev.foreignarch.jupiter.Wording.quoted;
import static org.apiguardian.api.API.Status.INTERNAL;
import static org.junit.platform.commons.support.AnnotationSupport.findAnnotation;
import static org.junit.platform.commons.support.AnnotationSupport.isAnnotated;
import static org.junit.platform.commons.support.HierarchyTraversalMode.TOP_DOWN;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.arch.UnknownArchitectureException;
import dev.foreignarch.program.Program;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.ClassTemplate;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.ReflectionSupport;
import org.testcontainers.containers.GenericContainer;

/**
 * What a test class may declare. All faults of a class and of its nested classes are found by one look at the source,
 * before the first of its tests runs; each message says what was found, why it can't work, and what to write instead.
 */
@API(status = INTERNAL, since = "0.1")
public final class DeclarationRules {

    private static final List<Class<? extends Annotation>> KINDS_OF_TEST =
            List.of(Test.class, TestTemplate.class, TestFactory.class);

    /** A set, since an inherited fault is found once more in each nested class that inherits it. */
    private final Set<String> faults = new LinkedHashSet<>();

    private final Function<String, Optional<String>> parameters;

    private DeclarationRules(Function<String, Optional<String>> parameters) {
        this.parameters = parameters;
    }

    /**
     * Refuse the class of a context, with all that is wrong in it and in the classes around and inside it.
     *
     * @throws org.junit.jupiter.api.extension.ExtensionConfigurationException if anything is wrong
     */
    static void enforce(ExtensionContext context) {
        List<String> faults = faults(context);
        if (!faults.isEmpty()) {
            throw Wording.refusal(outermostClass(context), faults);
        }
    }

    /**
     * Look at a class that another engine is to run.
     *
     * @param outermost a class that is not nested in another test class
     * @return why it is refused, if it is
     */
    public static Optional<String> refusal(Class<?> outermost) {
        // Of containers, whose images may name parameters, such a class has none: that is another rule.
        List<String> faults = List.of(inspect(outermost, name -> Optional.of("1")));
        return faults.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(Wording.refusal(outermost, faults).getMessage());
    }

    private static List<String> faults(ExtensionContext context) {
        Class<?> outermost = outermostClass(context);
        return List.of(context.getRoot()
                .getStore(ForeignArchExtension.NAMESPACE)
                .getOrComputeIfAbsent(
                        new Inspected(outermost),
                        key -> inspect(outermost, context::getConfigurationParameter),
                        String[].class));
    }

    private static Class<?> outermostClass(ExtensionContext context) {
        return context.getEnclosingTestClasses().stream().findFirst().orElseGet(context::getRequiredTestClass);
    }

    private static String[] inspect(Class<?> testClass, Function<String, Optional<String>> parameters) {
        DeclarationRules rules = new DeclarationRules(parameters);
        rules.inspect(testClass, Optional.empty());
        return rules.faults.toArray(String[]::new);
    }

    /** Key under which the faults of a class are remembered. */
    private record Inspected(Class<?> outermost) {}

    /**
     * Look at a class and at those nested in it.
     *
     * @param around the declaration of the nearest enclosing class that has one
     */
    private void inspect(Class<?> testClass, Optional<String> around) {
        Optional<String> own = findAnnotation(testClass, ForeignArch.class)
                .map(found -> inspectClass(testClass, found.value(), around));
        Optional<String> nearest = own.or(() -> around);
        List<Method> methods = ReflectionSupport.findMethods(testClass, method -> true, TOP_DOWN);
        methods.forEach(method -> inspectMethod(method, nearest));
        inspectBeforeAndAfterAll(testClass);
        inspectFields(testClass, nearest.isPresent());
        inspectPrograms(testClass, nearest.isPresent());
        methods.forEach(this::inspectParameters);
        Arrays.stream(testClass.getDeclaredConstructors()).forEach(this::inspectParameters);
        nestedClasses(testClass).forEach(nested -> inspect(nested, nearest));
    }

    private String inspectClass(Class<?> testClass, String[] names, Optional<String> around) {
        String declaration = annotation(ForeignArch.class, names) + " on class " + testClass.getSimpleName();
        inspectNames(declaration, names);
        findAnnotation(testClass, ForeignArch.class)
                .filter(found -> names.length > 1 && !found.cpu().isBlank())
                .ifPresent(found -> faults.add(declaration + " names the CPU model " + quoted(found.cpu())
                        + ", which only one of the architectures can have. Give each a class of its own, or leave cpu"
                        + " out."));
        around.ifPresent(outer -> faults.add(declaration + " stands inside " + outer
                + ", which repeats it already. Remove one of the two, or move the class out of the other."));
        otherCarriers(testClass, List.of(ClassTemplate.class), ForeignArch.class)
                .forEach(other -> faults.add(declaration + " stands beside @" + other
                        + ". JUnit would run the class for one and then for the other, and not combine them. Put @"
                        + other + " on a @Nested class inside."));
        return declaration;
    }

    private void inspectMethod(Method method, Optional<String> around) {
        Optional<String> single =
                findAnnotation(method, ForeignArch.class).map(found -> inspectSingle(method, found.value(), around));
        findAnnotation(method, ForeignArchTest.class)
                .ifPresent(found -> inspectRepeated(method, found.value(), around, single));
    }

    private String inspectSingle(Method method, String[] names, Optional<String> around) {
        String declaration = declaration(ForeignArch.class, names, method);
        inspectNames(declaration, names);
        inspectSurroundings(declaration, around);
        if (isAnnotated(method, ForeignArchTest.class)) {
            return declaration;
        }
        if (KINDS_OF_TEST.stream().noneMatch(kind -> isAnnotated(method, kind))) {
            faults.add(declaration + " stands beside no test annotation, so that JUnit does not run the method. Add"
                    + " @Test, or write " + annotation(ForeignArchTest.class, names) + " in its place.");
        } else if (names.length > 1) {
            faults.add(
                    declaration + " names " + names.length + " architectures, but a test that JUnit runs by itself"
                            + " can have only one. Write " + annotation(ForeignArchTest.class, names)
                            + " in place of both annotations, or put @ForeignArch on the class, which repeats all of its tests.");
        }
        return declaration;
    }

    private void inspectRepeated(Method method, String[] names, Optional<String> around, Optional<String> single) {
        String declaration = declaration(ForeignArchTest.class, names, method);
        inspectNames(declaration, names);
        inspectSurroundings(declaration, around);
        single.ifPresent(other -> faults.add(
                declaration + " stands beside @ForeignArch, which names architectures too. Remove @ForeignArch."));
        otherCarriers(method, KINDS_OF_TEST, ForeignArchTest.class)
                .forEach(other -> faults.add(declaration + " stands beside @" + other
                        + ". JUnit would run the method for one and then for the other, and not combine them. Remove @"
                        + other + ", or put @ForeignArch on the class in place of @ForeignArchTest."));
    }

    private void inspectSurroundings(String declaration, Optional<String> around) {
        around.ifPresent(outer -> faults.add(declaration + " stands inside " + outer
                + ", which repeats the method already. Remove one of the two, or move the method to another class."));
    }

    private void inspectNames(String declaration, String[] names) {
        if (names.length == 0) {
            faults.add(declaration + " names no architecture, so that no test would run."
                    + " Name at least one, for example \"arm32v7\".");
        }
        Map<Architecture, String> seen = new LinkedHashMap<>();
        for (String name : names) {
            if (name.isBlank()) {
                faults.add(declaration + " holds a blank name. Remove it, or name an architecture, for example"
                        + " \"arm32v7\".");
                continue;
            }
            try {
                Architecture architecture = Architecture.of(name);
                String before = seen.putIfAbsent(architecture, name);
                if (before != null) {
                    faults.add(declaration + " names " + architecture + " twice, as " + quoted(before) + " and as "
                            + quoted(name) + ", so that its tests would run twice there. Remove one of the two.");
                }
            } catch (UnknownArchitectureException unknown) {
                faults.add(declaration + ": " + unknown.getMessage());
            }
        }
    }

    /** These methods run once for all architectures of their class, but for those of a foreign JVM, which has only one. */
    private void inspectBeforeAndAfterAll(Class<?> testClass) {
        String[] names = findAnnotation(testClass, ForeignArch.class)
                .filter(found -> !isAnnotated(testClass, ForeignJvm.class))
                .map(ForeignArch::value)
                .orElseGet(() -> new String[0]);
        for (Method method : ReflectionSupport.findMethods(
                testClass,
                method -> isAnnotated(method, BeforeAll.class) || isAnnotated(method, AfterAll.class),
                TOP_DOWN)) {
            String found = "@" + (isAnnotated(method, BeforeAll.class) ? "BeforeAll " : "AfterAll ")
                    + Wording.executable(method);
            for (Parameter parameter : method.getParameters()) {
                if (parameter.getType() == Architecture.class && names.length > 1) {
                    faults.add(found + " takes an Architecture, but it runs once for all of "
                            + annotation(ForeignArch.class, names)
                            + ". Take it in @BeforeEach, in @AfterEach or in the test.");
                }
                findAnnotation(parameter, ForeignContainer.class)
                        .ifPresent(container -> faults.add(found + " takes a container, but it runs outside of the"
                                + " tests of any architecture. Declare a static field "
                                + annotation(ForeignContainer.class, container.value())
                                + " GenericContainer<?>, which is set for each architecture, or take the container in"
                                + " @BeforeEach."));
                if (isAnnotated(parameter, ForeignProgram.class)) {
                    faults.add(found + " takes a program, but it runs outside of the tests of any architecture. Take"
                            + " the program in @BeforeEach, in @AfterEach or in the test.");
                }
            }
        }
    }

    private void inspectFields(Class<?> testClass, boolean repeated) {
        if (repeated) {
            faults.addAll(ComposeRules.faults(testClass));
        }
        List<ContainerField> fields = ContainerField.of(testClass);
        for (ContainerField field : fields) {
            Class<?> type = field.field().getType();
            if (ComposeRules.isCompose(type)) {
                faults.add(ComposeRules.fault(field, type));
            } else if (!GenericContainer.class.isAssignableFrom(type)) {
                faults.add(field + ": " + type.getSimpleName() + " is no GenericContainer. Declare the field as"
                        + " GenericContainer<?>, or as one of its subclasses and assign a container.");
            } else if (field.namesImage() && type != GenericContainer.class) {
                faults.add(field + ": ForeignArch makes a GenericContainer of an image, and no " + type.getSimpleName()
                        + ". Declare the field as GenericContainer<?>, or leave the image out of the annotation and"
                        + " assign a " + type.getSimpleName() + ".");
            } else if (field.namesImage() && Modifier.isFinal(field.field().getModifiers())) {
                faults.add(field + ": the field is final and can't be set. Remove final.");
            }
        }
        fields.stream()
                .filter(ContainerField::namesImage)
                .forEach(field ->
                        inspectImage(field.toString(), field.annotation().value()));
        if (fields.isEmpty() || repeated) {
            return;
        }
        Optional<Method> single = methodsWithArchitecture(testClass).findFirst();
        if (single.isPresent()) {
            fields.stream()
                    .filter(ContainerField::isStatic)
                    .forEach(field -> faults.add(field
                            + ": the field is static and would be set before a test begins, but the architecture is that of "
                            + Wording.executable(single.get()) + ". Remove static, or put @ForeignArch on the class."));
        } else if (!isRepeatedInside(testClass)) {
            fields.forEach(field -> faults.add(field + ": no test of the class has an architecture. Put @ForeignArch on"
                    + " the class, or on the tests that use the container."));
        }
    }

    private void inspectImage(String declaration, String image) {
        DeclaredImage.fault(image, parameters).ifPresent(fault -> faults.add(declaration + ": " + fault));
    }

    private void inspectPrograms(Class<?> testClass, boolean repeated) {
        List<DeclaredProgram> programs = DeclaredProgram.of(testClass);
        programs.forEach(program -> {
            faults.addAll(program.faults());
            inspectProgramImage(program.toString(), program.annotation());
        });
        if (!programs.isEmpty()
                && !repeated
                && methodsWithArchitecture(testClass).findFirst().isEmpty()
                && !isRepeatedInside(testClass)) {
            programs.forEach(program -> faults.add(program + ": no test of the class has an architecture. Put"
                    + " @ForeignArch on the class, or on the tests that use the program."));
        }
    }

    private void inspectProgramImage(String declaration, ForeignProgram annotation) {
        if (!annotation.image().isBlank()) {
            inspectImage(declaration, annotation.image().strip());
        }
    }

    private void inspectParameters(Executable executable) {
        for (Parameter parameter : executable.getParameters()) {
            findAnnotation(parameter, ForeignContainer.class).ifPresent(found -> {
                String declaration = annotation(ForeignContainer.class, found.value()) + " on parameter "
                        + parameter.getName() + " of " + Wording.executable(executable);
                if (found.value().isBlank()) {
                    faults.add(declaration + " names no image. Write @ForeignContainer(\"image:tag\").");
                } else {
                    inspectImage(declaration, found.value());
                }
                if (parameter.getType() != GenericContainer.class) {
                    faults.add(declaration + ": ForeignArch makes a GenericContainer of an image, and no "
                            + parameter.getType().getSimpleName() + ". Declare the parameter as GenericContainer<?>.");
                }
            });
            findAnnotation(parameter, ForeignProgram.class).ifPresent(found -> {
                String declaration = annotation(ForeignProgram.class, found.value()) + " on parameter "
                        + parameter.getName() + " of " + Wording.executable(executable);
                if (parameter.getType() != Program.class) {
                    faults.add(declaration + ": the parameter is a "
                            + parameter.getType().getSimpleName() + ". Declare it as Program.");
                }
                if (found.value().isBlank()) {
                    faults.add(declaration + " names no file. Write @ForeignProgram(\"build/{docker}/program\").");
                }
                inspectProgramImage(declaration, found);
            });
        }
    }

    /** Find the tests with an architecture of their own in a class and in those nested in it. */
    private static Stream<Method> methodsWithArchitecture(Class<?> testClass) {
        Predicate<Method> declares =
                method -> isAnnotated(method, ForeignArch.class) || isAnnotated(method, ForeignArchTest.class);
        return Stream.concat(
                ReflectionSupport.findMethods(testClass, declares, TOP_DOWN).stream(),
                nestedClasses(testClass).stream()
                        .filter(nested -> !isAnnotated(nested, ForeignArch.class))
                        .flatMap(DeclarationRules::methodsWithArchitecture));
    }

    private static boolean isRepeatedInside(Class<?> testClass) {
        return nestedClasses(testClass).stream()
                .anyMatch(nested -> isAnnotated(nested, ForeignArch.class) || isRepeatedInside(nested));
    }

    private static List<Class<?>> nestedClasses(Class<?> testClass) {
        return ReflectionSupport.findNestedClasses(testClass, nested -> isAnnotated(nested, Nested.class));
    }

    private static String declaration(Class<? extends Annotation> type, String[] names, Method method) {
        return annotation(type, names) + " on " + Wording.executable(method);
    }

    /** Return the names of annotations that carry one of the given, other than ours and its own carriers. */
    private static Stream<String> otherCarriers(
            AnnotatedElement element, List<Class<? extends Annotation>> carried, Class<? extends Annotation> ours) {
        return Arrays.stream(element.getAnnotations())
                .map(Annotation::annotationType)
                .filter(type -> carried.stream().anyMatch(wanted -> type == wanted || isAnnotated(type, wanted)))
                .filter(type -> type != ours && !isAnnotated(type, ours))
                .map(Class::getSimpleName);
    }
}
