package dev.foreignarch.image;

import static dev.foreignarch.arch.Architecture.ARM32V7;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageNameTests {

    private static final String FORM =
            "names look like 'redis:7' or 'registry.example.com:5000/team/app:1.0', and a tag"
                    + " has letters, digits, '_', '.' and '-', at most 128 of them";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis",
                "redis:7",
                "library/redis:7.2-alpine",
                "docker.io/library/redis:7",
                "localhost/testcontainers/abc123:latest",
                "127.0.0.1:5000/foreignarch-test/a-b__c.d:1",
                "Registry.Example.com:5000/team/app:RELEASE_1.0",
                "[::1]:5000/app:1",
                "redis@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "redis:7@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
            })
    void whatAnEngineTakesIsTaken(String name) {
        assertThat(ImageName.of(name, ARM32V7).asCanonicalNameString()).startsWith(name);
    }

    @ParameterizedTest
    @CsvSource({
        "app:1-{docker}, app:1-arm32v7",
        "{docker}/redis:7, arm32v7/redis:7",
        "app-{debian}:{qemu}, app-armhf:arm",
        "registry.example.com/{platform}/app:1, registry.example.com/linux/arm/v7/app:1"
    })
    void placeholdersStandForNamesOfTheArchitecture(String written, String name) {
        assertThat(ImageName.of(written, ARM32V7)).hasToString(name);
    }

    @Test
    void anUnknownPlaceholderIsRefused() {
        assertThatThrownBy(() -> ImageName.of("app:1-{arch}", ARM32V7))
                .isInstanceOf(PlatformImageException.class)
                .hasMessage("The image app:1-{arch} has the placeholder {arch}, which stands for nothing. Write one of"
                        + " {debian}, {docker}, {platform}, {qemu}.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Redis:7 | only a tag may have capital letters. Write 'redis:7'",
                "Team/App:RELEASE | only a tag may have capital letters. Write 'team/app:RELEASE'",
                "'redis: 7' | it holds a blank. Write 'redis:7'",
                "' redis:7' | it holds a blank. Write 'redis:7'",
                "'' | it is blank. Write one, for example 'redis:7'",
                "https://ghcr.io/team/app:1 | it is the address of a page. Write 'ghcr.io/team/app:1'",
                "https://hub.docker.com/_/redis | it is the address of a page. Write one such as 'redis:7' or"
                        + " 'registry.example.com:5000/team/app:1.0'",
                "redis: | nothing follows its last ':'. Write 'redis'",
                "busybox:${version} | it holds a $, and such references are resolved in @ForeignContainer(\"…\") only. Put"
                        + " the value there: \"…:\" + System.getProperty(\"…\")",
                "redis:7:1 | " + FORM,
                "redis:7:x/y | " + FORM,
                "app:1-{platform} | " + FORM,
                "redis:-7 | " + FORM,
                "redis..alpine:7 | " + FORM,
                "redis@sha256:12 | " + FORM,
                "-redis | " + FORM
            })
    void whatIsNoNameIsRefused(String written, String fault) {
        assertThatThrownBy(() -> ImageName.of(written, ARM32V7))
                .isInstanceOf(PlatformImageException.class)
                .hasMessage("'" + written.replace("{platform}", "linux/arm/v7") + "' is no name of an image: " + fault
                        + ".");
    }
}
