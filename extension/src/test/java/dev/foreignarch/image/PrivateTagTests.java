package dev.foreignarch.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foreignarch.arch.Platform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.testcontainers.utility.DockerImageName;

class PrivateTagTests {

    @ParameterizedTest
    @CsvSource({
        "redis:7, linux/arm/v7, foreignarch.local/redis:7-linux-arm-v7",
        "redis, linux/s390x, foreignarch.local/redis:latest-linux-s390x",
        "docker.io/library/redis:7, linux/s390x, foreignarch.local/redis:7-linux-s390x",
        "127.0.0.1:5000/team/app:1.2, linux/arm64, foreignarch.local/127.0.0.1-5000/team/app:1.2-linux-arm64",
        "redis@sha256:12ab, linux/s390x, foreignarch.local/redis:sha256-12ab-linux-s390x"
    })
    void tellsImageAndPlatform(String image, String platform, String expected) {
        assertThat(PrivateTag.of(DockerImageName.parse(image), Platform.parse(platform)))
                .hasToString(expected);
    }

    @Test
    void isNeverTooLongAndStillDiffersByPlatform() {
        DockerImageName name = DockerImageName.parse("redis:" + "a".repeat(128));

        String s390x = PrivateTag.of(name, Platform.parse("linux/s390x")).tag();
        String arm = PrivateTag.of(name, Platform.parse("linux/arm/v7")).tag();

        assertThat(s390x).hasSizeLessThanOrEqualTo(128).isNotEqualTo(arm);
    }

    @Test
    void differsForLongTagsThatDifferOnlyAtTheirBeginning() {
        Platform platform = Platform.parse("linux/s390x");

        assertThat(PrivateTag.of(DockerImageName.parse("redis:x" + "a".repeat(127)), platform))
                .isNotEqualTo(PrivateTag.of(DockerImageName.parse("redis:y" + "a".repeat(127)), platform));
    }
}
