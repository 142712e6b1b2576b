package dev.foreignarch.jupiter;

import dev.foreignarch.emulation.Diagnosis;
import dev.foreignarch.emulation.Verdict;
import java.util.Optional;

/**
 * What came of the attempt to make an architecture run.
 *
 * <p>A failure is a value here, since an exception outside of a test would take all tests of the architecture out of
 * the report.
 */
sealed interface Preparation {

    /**
     * Insist on an architecture that runs.
     *
     * @throws dev.foreignarch.emulation.ArchitectureUnavailableException if it doesn't
     * @throws Exception if nobody could tell
     */
    Verdict orThrow() throws Exception;

    /** Return whether the architecture runs. */
    default boolean isSuccess() {
        return this instanceof Judged judged && judged.verdict().available();
    }

    /** Return the verdict in a few words. */
    String summary();

    /** Return why the architecture can't run, if that is known. */
    default Optional<Diagnosis> diagnosis() {
        return Optional.empty();
    }

    /** The host gave its verdict. */
    record Judged(Verdict verdict) implements Preparation {
        @Override
        public Verdict orThrow() {
            return verdict.orThrow();
        }

        @Override
        public String summary() {
            return verdict.summary();
        }

        @Override
        public Optional<Diagnosis> diagnosis() {
            return verdict instanceof Verdict.Unavailable unavailable
                    ? Optional.of(unavailable.diagnosis())
                    : Optional.empty();
        }
    }

    /** The host could not be asked, for example because there is no container engine. */
    record Failed(KeptFailure failure) implements Preparation {
        @Override
        public Verdict orThrow() throws Exception {
            throw failure.again();
        }

        @Override
        public String summary() {
            return "unknown: " + failure.cause();
        }
    }
}
