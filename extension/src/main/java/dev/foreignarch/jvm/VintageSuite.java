package dev.foreignarch.jvm;

import java.lang.annotation.Annotation;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** Recognizes JUnit 3 and 4's suites, whose classes may be foreign. JUnit 4 itself may be absent. */
final class VintageSuite {

    private static final String RUN_WITH = "org.junit.runner.RunWith";
    private static final String JUNIT_3_TEST = "junit.framework.Test";
    private static final Set<String> RUNNERS = Set.of("org.junit.runners.Suite", "org.junit.runners.AllTests");

    /** A suite in JUnit 4's own hierarchy, but of one class: itself. */
    private static final String PARAMETERIZED = "org.junit.runners.Parameterized";

    private VintageSuite() {}

    static boolean isSuite(Class<?> type) {
        return runner(type).filter(VintageSuite::runsOtherClasses).isPresent() || hasSuiteMethod(type);
    }

    private static Optional<Class<?>> runner(Class<?> type) {
        return Arrays.stream(type.getAnnotations())
                .filter(annotation -> annotation.annotationType().getName().equals(RUN_WITH))
                .findFirst()
                .flatMap(VintageSuite::value);
    }

    private static Optional<Class<?>> value(Annotation runWith) {
        try {
            return Optional.of(
                    (Class<?>) runWith.annotationType().getMethod("value").invoke(runWith));
        } catch (ReflectiveOperationException notAsInJUnit4) {
            return Optional.empty();
        }
    }

    private static boolean runsOtherClasses(Class<?> runner) {
        for (Class<?> at = runner; at != null; at = at.getSuperclass()) {
            if (at.getName().equals(PARAMETERIZED)) {
                return false;
            }
            if (RUNNERS.contains(at.getName())) {
                return true;
            }
        }
        return false;
    }

    /** As JUnit 3 has it: {@code public static Test suite()}. */
    private static boolean hasSuiteMethod(Class<?> type) {
        try {
            return type.getMethod("suite").getReturnType().getName().equals(JUNIT_3_TEST);
        } catch (NoSuchMethodException none) {
            return false;
        }
    }
}
