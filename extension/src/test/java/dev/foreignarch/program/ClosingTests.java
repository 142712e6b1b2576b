package dev.foreignarch.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosingTests {

    private final List<String> closed = new ArrayList<>();

    @Test
    void aFailureKeepsNothingOpen() {
        assertThatThrownBy(() -> Closing.all(List.of(failing("a"), () -> closed.add("b"), failing("c"))))
                .hasMessage("a")
                .satisfies(failure -> assertThat(failure.getSuppressed())
                        .singleElement()
                        .asString()
                        .endsWith(": c"));

        assertThat(closed).containsExactly("a", "b", "c");
    }

    private Runnable failing(String name) {
        return () -> {
            closed.add(name);
            throw new IllegalStateException(name);
        };
    }
}
