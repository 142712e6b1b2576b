package dev.foreignarch.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foreignarch.arch.Architecture;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** What ForeignArch says of an architecture that does not run. It must say it in time, also on a busy machine. */
final class Answer {

    /** As docs/faults.md promises. */
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private Answer() {}

    /** Try to make an architecture run, and return the whole message of why that can't be. */
    static String ofPreparing(Emulation emulation, Architecture architecture) {
        return inTime(architecture, () -> emulation.prepare(List.of(architecture)));
    }

    /** Look at an architecture without changing anything, and return the whole message of why it does not run. */
    static String ofExamining(Emulation emulation, Architecture architecture) {
        return inTime(architecture, () -> emulation.examine(List.of(architecture)));
    }

    private static String inTime(Architecture architecture, Supplier<Map<Architecture, Verdict>> question) {
        Instant asked = Instant.now();
        Verdict verdict = Objects.requireNonNull(question.get().get(architecture));
        assertThat(Duration.between(asked, Instant.now()))
                .as("time of the answer")
                .isLessThan(LIMIT);
        assertThat(verdict).isInstanceOf(Verdict.Unavailable.class);
        return ((Verdict.Unavailable) verdict).diagnosis().message();
    }
}
