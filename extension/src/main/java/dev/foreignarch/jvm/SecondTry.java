package dev.foreignarch.jvm;

import dev.foreignarch.jvm.wire.Event;
import java.util.Optional;
import org.junit.platform.engine.UniqueId;

/** The outcome of one test that is run again, unreported. */
final class SecondTry {

    private final ForeignIds ids;
    private final UniqueId test;
    private Optional<String> outcome = Optional.empty();

    /**
     * Watch a test.
     *
     * @param test its ID here
     */
    SecondTry(ForeignIds ids, UniqueId test) {
        this.ids = ids;
        this.test = test;
    }

    void take(Event event) {
        if (event instanceof Event.Finished finished
                && ids.here(finished.id()).filter(test::equals).isPresent()) {
            outcome = Optional.of(
                    switch (finished.outcome()) {
                        case SUCCESSFUL -> "passes";
                        case ABORTED -> "is aborted by an assumption";
                        case FAILED ->
                            "fails ("
                                    + finished.failure()
                                            .map(failure -> failure.words())
                                            .orElse("without a reason") + ")";
                    });
        }
    }

    /** Return what happened, as a verb. Nothing, if the test did not run. */
    Optional<String> outcome() {
        return outcome;
    }
}
