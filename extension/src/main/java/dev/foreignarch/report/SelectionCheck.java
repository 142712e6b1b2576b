package dev.foreignarch.report;

import static java.util.stream.Collectors.joining;
import static org.junit.platform.commons.support.AnnotationSupport.findAnnotation;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.jupiter.ForeignArch;
import dev.foreignarch.jupiter.ForeignArchParameters;
import dev.foreignarch.jupiter.ForeignArchTest;
import dev.foreignarch.settings.GivenSettings;
import java.lang.reflect.AnnotatedElement;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.platform.commons.JUnitException;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that {@link ForeignArchParameters#ONLY} selects none of the architectures that the tests of a run declare.
 * Nothing runs then, and that nothing failed would be taken for a success.
 */
final class SelectionCheck implements TestExecutionListener {

    private static final TestTag TAG = TestTag.create("foreign-arch");

    private final Set<Architecture> declared = EnumSet.noneOf(Architecture.class);
    private Set<Architecture> wanted = Set.of();
    private boolean mayBeUnmatched;

    @Override
    public synchronized void testPlanExecutionStarted(TestPlan plan) {
        try {
            GivenSettings given = new GivenSettings(plan.getConfigurationParameters()::get);
            wanted = given.architectures(ForeignArchParameters.ONLY);
            mayBeUnmatched = given.choice(ForeignArchParameters.UNMATCHED, "fail", "pass");
        } catch (IllegalArgumentException toldByEachTest) {
            return;
        }
        if (wanted.isEmpty()) {
            return;
        }
        plan.getRoots().stream()
                .flatMap(root -> plan.getDescendants(root).stream())
                .filter(test -> test.getTags().contains(TAG))
                .flatMap(SelectionCheck::declaredBy)
                .forEach(declared::add);
        complaint(Set.of()).ifPresent(complaint -> log().warn(complaint));
    }

    /**
     * Insist on a run that has selected something.
     *
     * @param reported the architectures that have a result in the build
     * @throws JUnitException if there is none of those that were selected, though tests declare others
     */
    synchronized void insistOnMatch(Collection<Architecture> reported) {
        if (!mayBeUnmatched) {
            complaint(reported).ifPresent(complaint -> {
                throw new JUnitException(complaint);
            });
        }
    }

    private Optional<String> complaint(Collection<Architecture> reported) {
        boolean matched = Stream.concat(declared.stream(), reported.stream()).anyMatch(wanted::contains);
        return matched || declared.isEmpty() || wanted.isEmpty()
                ? Optional.empty()
                : Optional.of(ForeignArchParameters.ONLY + " selects " + names(wanted)
                        + ", but the tests of this run declare " + names(declared)
                        + ", so that none of them ran on any architecture. Select one of those, or, where the tests of other"
                        + " modules declare " + names(wanted) + ", let this one pass: "
                        + ForeignArchParameters.UNMATCHED
                        + "=pass.");
    }

    private static Stream<Architecture> declaredBy(TestIdentifier test) {
        return test.getSource().flatMap(SelectionCheck::element).stream()
                .flatMap(element -> Stream.concat(
                        findAnnotation(element, ForeignArch.class).stream().map(ForeignArch::value),
                        findAnnotation(element, ForeignArchTest.class).stream().map(ForeignArchTest::value)))
                .flatMap(Stream::of)
                .flatMap(name -> Architecture.find(name).stream());
    }

    private static Optional<AnnotatedElement> element(TestSource source) {
        try {
            if (source instanceof ClassSource type) {
                return Optional.of(type.getJavaClass());
            }
            return source instanceof MethodSource method ? Optional.of(method.getJavaMethod()) : Optional.empty();
        } catch (JUnitException notHere) {
            // What runs in a foreign JVM names methods with a stand-in; its class says the same.
            return Optional.empty();
        }
    }

    private static String names(Collection<Architecture> architectures) {
        return architectures.stream().sorted().map(Architecture::dockerName).collect(joining(", "));
    }

    private static Logger log() {
        return LoggerFactory.getLogger(SelectionCheck.class);
    }
}
