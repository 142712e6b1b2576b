package dev.foreignarch.jvm;

import dev.foreignarch.jvm.wire.Event;

/** The outcome of one test that is run again, unreported. */
final class SecondTry {

    private final String foreignId;
    private String outcome = "was not found";

    SecondTry(String foreignId) {
        this.foreignId = foreignId;
    }

    void take(Event event) {
        if (event instanceof Event.Finished finished && finished.id().equals(foreignId)) {
            outcome = switch (finished.outcome()) {
                case SUCCESSFUL -> "passes";
                case ABORTED -> "is aborted by an assumption";
                case FAILED ->
                    "fails ("
                            + finished.failure().map(failure -> failure.words()).orElse("without a reason") + ")";
            };
        }
    }

    /** Return what happened, as a verb. */
    @Override
    public String toString() {
        return outcome;
    }
}
