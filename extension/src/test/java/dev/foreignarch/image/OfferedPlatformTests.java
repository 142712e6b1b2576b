package dev.foreignarch.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foreignarch.arch.Platform;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OfferedPlatformTests {

    @ParameterizedTest
    @CsvSource({
        "linux/arm/v7, arm, v7, true",
        "linux/arm/v7, arm, , true",
        "linux/arm/v6, arm, , true",
        "linux/arm/v7, arm, v6, false",
        "linux/arm/v7, arm, v5, false",
        "linux/arm/v6, arm, v7, false",
        "linux/arm64, arm64, v8, true",
        "linux/arm64, arm64, , true",
        "linux/arm64, arm, v7, false",
        "linux/arm/v7, arm64, v8, false",
        "linux/amd64, amd64, v3, true",
        "linux/amd64, 386, , false",
        "linux/s390x, s390x, , true"
    })
    void isAPlatformOrNot(String wanted, String architecture, @Nullable String variant, boolean expected) {
        assertThat(new OfferedPlatform("linux", architecture, variant).is(Platform.parse(wanted)))
                .isEqualTo(expected);
    }

    @Test
    void isNotThatOfAnotherSystem() {
        assertThat(new OfferedPlatform("windows", "amd64", null).is(Platform.parse("linux/amd64")))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"linux/arm/v7, linux/arm/v6", "linux/arm/v6, ", "linux/arm64, ", "linux/amd64, "})
    void onlyTheNewestArmHasAnOlderOneThatRunsThere(String wanted, @Nullable String older) {
        assertThat(OfferedPlatform.olderThan(Platform.parse(wanted)).map(Platform::toString))
                .isEqualTo(java.util.Optional.ofNullable(older));
    }

    @Test
    void isWrittenAsPeopleWriteIt() {
        assertThat(new OfferedPlatform("linux", "arm", "v6")).hasToString("linux/arm/v6");
        assertThat(new OfferedPlatform("linux", "amd64", null)).hasToString("linux/amd64");
        assertThat(OfferedPlatform.UNKNOWN).hasToString("another platform");
    }
}
