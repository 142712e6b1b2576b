package dev.foreignarch.jvm.agent;

import static org.apiguardian.api.API.Status.INTERNAL;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.jupiter.ForeignArch;
import dev.foreignarch.jupiter.ForeignJvm;
import java.util.Objects;
import org.apiguardian.api.API;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What most test classes have, for a foreign JVM that is to load what it takes to run them. Nobody sees the results. */
@API(status = INTERNAL, since = "0.1")
@ForeignArch("s390x")
@ForeignJvm
public final class RehearsalTestCase {

    private String prepared = "";

    /** Make an instance, for JUnit. */
    public RehearsalTestCase() {}

    @BeforeEach
    void prepare() {
        prepared = "yes";
    }

    @Test
    @DisplayName("passes")
    void passes(Architecture architecture) {
        Assertions.assertEquals("yes", prepared);
        Assertions.assertTrue(Objects.nonNull(architecture));
    }

    @Test
    void fails() {
        Assertions.assertEquals("no", prepared);
    }

    @RepeatedTest(2)
    void repeats() {
        Assertions.assertThrows(IllegalStateException.class, () -> {
            throw new IllegalStateException(prepared);
        });
    }

    @Nested
    class Inside {
        @Test
        void passes() {
            Assertions.assertEquals("yes", prepared);
        }
    }
}
