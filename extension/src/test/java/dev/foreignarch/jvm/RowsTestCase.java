package dev.foreignarch.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.foreignarch.jupiter.ForeignArch;
import dev.foreignarch.jupiter.ForeignJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link SurefireTests} let Surefire run. */
@ForeignArch({"s390x", "arm32v7"})
@ForeignJvm
class RowsTestCase {

    /** A foreign JVM lives on when failed tests are repeated. */
    private static int attempts;

    @Test
    void roundTrip() {}

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void numbers(int number) {
        assertEquals(number, number);
    }

    @Test
    void flaky() {
        assertEquals(2, ++attempts);
    }

    @Test
    void red() {
        if (System.getProperty("foreignarch.jvm.architecture").equals("s390x")) {
            fail("on s390x");
        }
    }
}
