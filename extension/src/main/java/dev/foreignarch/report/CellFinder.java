package dev.foreignarch.report;

import dev.foreignarch.arch.Architecture;
import java.util.List;
import java.util.stream.Stream;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Finds the place of tests in the table: which test it is, and on which architecture.
 *
 * @param plan the tests of a run
 */
record CellFinder(TestPlan plan) {

    /**
     * Find the places of a test, or of a container such as a class.
     *
     * @return one place; one for each architecture of a class that none of them has its turn in; or none, for what has no
     *     architecture
     */
    List<CellAddress> find(TestIdentifier test) {
        TestPath path = TestPath.of(plan, test);
        Stream<Architecture> architectures = path.architecture()
                .map(Stream::of)
                .orElseGet(() -> test.isTest() ? Stream.empty() : declared(test, path));
        return architectures
                .map(each ->
                        new CellAddress(test.getUniqueId(), path.row(), path.type(), path.name(), !test.isTest(), each))
                .toList();
    }

    /** With a class fails what is in it, so that its own architectures are not all that count. */
    private Stream<Architecture> declared(TestIdentifier container, TestPath path) {
        return Stream.concat(
                        path.declared(),
                        plan.getDescendants(container).stream()
                                .map(inner -> TestPath.of(plan, inner))
                                .flatMap(inner -> Stream.concat(inner.architecture().stream(), inner.declared())))
                .distinct()
                .sorted();
    }

    /** Return whether JUnit's own engine repeats a class for several architectures. Foreign JVMs name theirs. */
    boolean hasRepeatedClass() {
        return plan.getRoots().stream()
                .flatMap(root -> plan.getDescendants(root).stream())
                .filter(node ->
                        node.getUniqueIdObject().getLastSegment().getType().endsWith("class-template"))
                .anyMatch(node -> TestPath.of(plan, node).declared().count() > 1);
    }
}
