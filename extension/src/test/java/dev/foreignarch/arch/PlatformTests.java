package dev.foreignarch.arch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformTests {

    @ParameterizedTest
    @CsvSource({
        "linux/arm,      linux/arm/v7",
        "linux/arm/v7,   linux/arm/v7",
        "linux/arm/v6,   linux/arm/v6",
        "linux/arm64/v8, linux/arm64",
        "linux/arm64,    linux/arm64",
        "linux/s390x,    linux/s390x"
    })
    void is_written_in_one_way(String text, String normal) {
        assertThat(Platform.parse(text)).hasToString(normal).isEqualTo(Platform.parse(normal));
    }

    @Test
    void has_two_or_three_parts() {
        assertThatThrownBy(() -> Platform.parse("arm"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'arm' is not a platform. Write os/architecture or os/architecture/variant.");
    }
}
