package dev.foreignarch.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.foreignarch.arch.Architecture;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What users may write. */
class GivenSettingsTests {

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t"})
    void blanksAreNothing(String value) {
        assertThat(given(value).text("a")).isEmpty();
        assertThat(given(value).word("a", "no", "yes")).isEmpty();
        assertThat(given(value).duration("a")).isEmpty();
        assertThat(given(value).architectures("a")).isEmpty();
    }

    @Test
    void blanksAroundAValueDoNotCount() {
        assertThat(given(" of two ").text("a")).contains("of two");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "YES", " Yes "})
    void theCaseOfAWordDoesNotCount(String value) {
        assertThat(given(value).word("a", "no", "yes")).contains("yes");
    }

    @Test
    void anotherWordIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> given("Perhaps").word("a", "no", "later", "yes"))
                .withMessage("a is 'Perhaps', but only 'no', 'later' and 'yes' have a meaning.");
    }

    @ParameterizedTest
    @CsvSource({"90, PT1M30S", "PT90S, PT1M30S", "pt2h, PT2H", "+1, PT1S"})
    void aDurationIsSecondsOrIso(String value, Duration duration) {
        assertThat(given(value).duration("a")).contains(duration);
    }

    @ParameterizedTest
    @CsvSource({
        "soon, that is no length of time",
        "1.5, that is no length of time",
        "0, everything needs some time",
        "-5, everything needs some time",
        "PT-5S, everything needs some time"
    })
    void whatIsNoDurationIsRefused(String value, String objection) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> given(value).duration("a"))
                .withMessage("a is '" + value + "', but " + objection
                        + ". Write a number of seconds such as 300, or an ISO-8601 duration such as PT5M.");
    }

    @Test
    void architecturesHaveTheirOtherNamesHereToo() {
        assertThat(given("s390x, linux/arm/v7,,aarch64").architectures("a"))
                .containsExactlyInAnyOrder(Architecture.S390X, Architecture.ARM32V7, Architecture.ARM64V8);
    }

    @Test
    void anUnknownArchitectureIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> given("s390x, s390y").architectures("a"))
                .withMessageStartingWith("a is 's390x, s390y', but 's390y' is not an architecture");
    }

    private static GivenSettings given(String value) {
        return new GivenSettings(name -> name.equals("a") ? Optional.of(value) : Optional.empty());
    }
}
