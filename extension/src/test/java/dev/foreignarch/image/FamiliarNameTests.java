package dev.foreignarch.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FamiliarNameTests {

    @ParameterizedTest
    @ValueSource(
            strings = {"redis:7", "library/redis:7", "docker.io/library/redis:7", "index.docker.io/library/redis:7"})
    void anOfficialImageHasOneNameOnly(String name) {
        assertThat(FamiliarName.of(name)).isEqualTo("redis:7");
    }

    @Test
    void otherNamesStayAsTheyAre() {
        assertThat(FamiliarName.of("docker.io/team/app:1")).isEqualTo("team/app:1");
        assertThat(FamiliarName.of("ghcr.io/library/app:1")).isEqualTo("ghcr.io/library/app:1");
    }
}
