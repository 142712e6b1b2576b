package dev.foreignarch.jupiter;

import static java.util.stream.Collectors.joining;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.container.BoundByHand;
import dev.foreignarch.program.Program;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.opentest4j.AssertionFailedError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a test has used its architecture, without which its result says nothing about that; and what else it has used.
 *
 * @param cell the test
 * @param use what is known of it
 * @param others containers that ForeignArch has not put into the test
 */
record CellJudgement(Cell cell, CellUse use, List<OtherContainer> others) {

    private static final Logger LOG = LoggerFactory.getLogger(CellJudgement.class);

    static CellJudgement of(Cell cell) {
        CellUse use = CellUse.of(cell.context());
        return new CellJudgement(cell, use, OtherContainer.of(use));
    }

    /** Remark on containers that ran elsewhere. */
    void mark() {
        elsewhere().forEach(other -> {
            String mark = other.certain()
                    ? "also ran " + other.place() + ": " + other.image()
                    : "perhaps another test's, ran " + other.place() + " at the same time: " + other.image();
            use.mark(mark);
            String test = cell.context().getRequiredTestClass().getSimpleName() + " on " + name();
            if (use.isNews(test + mark)) {
                LOG.warn(
                        "{} {}. What the test is about has to be bound to the architecture: by @ForeignContainer, or all"
                                + " containers by {}=all",
                        test,
                        mark,
                        ForeignArchParameters.CONTAINERS);
            }
        });
    }

    /**
     * Insist on a test that has used its architecture, unless the user allows the other ones.
     *
     * @throws AssertionFailedError if it has not
     */
    void insist() {
        if (isUsed()) {
            return;
        }
        if (!Settings.of(cell.context()).passUnused()) {
            throw new AssertionFailedError(refusal());
        }
        use.mark("nothing of it ran on " + name());
    }

    private boolean isUsed() {
        return use.hasAsked()
                || isOfThisJvm()
                || CellReport.containers(cell.context()).findAny().isPresent()
                || programs().anyMatch(Program::hasRun)
                || others.stream().anyMatch(other -> (other.certain() || other.bound()) && isHere(other))
                || BoundByHand.isUp(architecture());
    }

    /** The test's own code runs in this JVM. */
    private boolean isOfThisJvm() {
        return Architecture.find(System.getProperty("os.arch", ""))
                .filter(architecture()::equals)
                .isPresent();
    }

    private Stream<OtherContainer> elsewhere() {
        return others.stream().filter(other -> !other.bound() && !isHere(other));
    }

    private boolean isHere(OtherContainer other) {
        return other.architecture().filter(architecture()::equals).isPresent();
    }

    private Stream<Program> programs() {
        return ProgramScope.find(cell.context()).values().stream();
    }

    private Architecture architecture() {
        return cell.declared().architecture();
    }

    private String name() {
        return cell.declared().name();
    }

    private String refusal() {
        Optional<String> containers = elsewhere()
                .map(other -> other.image() + " ran " + other.place())
                .distinct()
                .reduce((all, next) -> all + ", " + next);
        Optional<String> programs =
                programs().map(program -> program + " was never run").reduce((all, next) -> all + ", " + next);
        String found = Stream.of(containers, programs).flatMap(Optional::stream).collect(joining("; "));
        return "The test passed, but nothing of it ran on " + name() + ": it used no container, program or JVM of that"
                + " architecture"
                + (found.isEmpty() ? "" : " (" + found + ")")
                + ", and did not ask which one it is on. So it says nothing about " + name() + ".\n  try: "
                + (containers.isPresent()
                        ? "@ForeignContainer in place of @Container on the field of the container; or "
                                + ForeignArchParameters.CONTAINERS
                                + "=all, which runs each container of a test on the test's architecture"
                        : "@ForeignContainer or @ForeignProgram for what is to run there; or @ForeignJvm on the class, if"
                                + " that is the test's own code; or a parameter of type Architecture, if the test"
                                + " computes with it")
                + "; or " + ForeignArchParameters.UNUSED
                + "=pass, if such tests are to pass, with a mark in the report.";
    }
}
