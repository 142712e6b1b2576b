package dev.foreignarch.image;

import static dev.foreignarch.image.PublishedImages.S390X;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a registry answers is told in words, and what is to be done about it. */
@Tag("engine")
@Tag("each-store")
class RegistryAnswersEngineTests extends PublishedImagesFixture {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | {\"errors\": [{\"code\": \"UNAUTHORIZED\", \"message\": \"authentication required\"}]} | wants a user and a password, and knows not the ones it got,"
                        + " if any | Log in as the user who runs the tests: docker login REGISTRY. In CI, the environment"
                        + " variable DOCKER_AUTH_CONFIG can hold what that writes to ~/.docker/config.json.",
                "403 | <html>Not from here</html> | forbids it | Check the name: some answer so for what they don't have. Or"
                        + " log in as a user who may read the image: docker login REGISTRY.",
                "429 | {\"errors\": [{\"code\": \"TOOMANYREQUESTS\", \"message\": \"slow down\"}]} | has been asked too often | Log in, which raises its limit, as the user"
                        + " who runs the tests: docker login REGISTRY. In CI, the environment variable DOCKER_AUTH_CONFIG"
                        + " can hold what that writes to ~/.docker/config.json. Or wait, or let the engine use a mirror"
                        + " (registry-mirrors).",
                "500 | {\"errors\": [{\"code\": \"UNKNOWN\", \"message\": \"the disk has failed\"}]} | has failed | Try again later, or ask its administrator: the fault is"
                        + " neither the image's nor the engine's.",
                "503 | {\"errors\": [{\"code\": \"UNAVAILABLE\", \"message\": \"be back soon\"}]} | has failed | Try again later, or ask its administrator: the fault is"
                        + " neither the image's nor the engine's."
            })
    void anAnswer(int status, String body, String cause, String remedy) throws IOException {
        try (RefusingRegistry registry = new RefusingRegistry(status, body)) {
            String name = registry.address() + "/team/app:1";

            assertThatExceptionOfType(PlatformImageException.class)
                    .isThrownBy(() -> images.resolve(name, S390X))
                    .withMessageMatching("\\Q" + name + "\\E can't be pulled for linux/s390x: the registry \\Q"
                            + registry.address() + " " + cause + "\\E \\(.*\\)\\. \\Q"
                            + remedy.replace("REGISTRY", registry.address()) + "\\E");
        }
    }

    @Test
    void aRegistryThatIsNotThere() throws IOException {
        RefusingRegistry registry = new RefusingRegistry(200, "");
        registry.close();
        String name = registry.address() + "/team/app:1";

        assertThatExceptionOfType(PlatformImageException.class)
                .isThrownBy(() -> images.resolve(name, S390X))
                .withMessageMatching("\\Q" + name + "\\E can't be pulled for linux/s390x: the engine does not reach the"
                        + " registry \\Q" + registry.address()
                        + "\\E \\(.*connection refused.*\\)\\. Check the name, and"
                        + " the engine's way there, which may need a proxy in the engine's settings:"
                        + " docker pull --platform linux/s390x \\Q" + name + "\\E");
    }
}
