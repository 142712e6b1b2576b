package dev.foreignarch.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Words that no registry of the tests can bring an engine to say. */
class PullFailureTests {

    private static final String LOGIN =
            "docker login. In CI, the environment variable DOCKER_AUTH_CONFIG can hold what that"
                    + " writes to ~/.docker/config.json.";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "write /var/lib/docker/tmp/GetImageBlob128: no space left on device | the engine's disk is full | make room"
                        + " there: docker system df shows what takes it, and docker image prune removes images that have no"
                        + " name.",
                "toomanyrequests: You have reached your pull rate limit. | Docker Hub has been asked too often | log in, which"
                        + " raises its limit, as the user who runs the tests: " + LOGIN
                        + " Or wait, or let the engine use a mirror (registry-mirrors).",
                "pull access denied for team/app, repository does not exist or may require 'docker login': denied:"
                        + " requested access to the resource is denied | Docker Hub has no such image, or does not show it"
                        + " to everybody | check the name. If the image is private, log in as the user who runs the tests: "
                        + LOGIN,
                "error parsing HTTP 403 response body: unexpected end of JSON input | Docker Hub forbids it | check the name:"
                        + " some answer so for what they don't have. Or log in as a user who may read the image: docker login.",
                "pull access denied, repository does not exist or may require authorization: authorization failed: no basic"
                        + " auth credentials | Docker Hub wants a user and a password, and knows not the ones it got, if any"
                        + " | log in as the user who runs the tests: " + LOGIN,
                "initializing source: reading manifest 1: StatusCode: 502, bad | Docker Hub has failed | try again later, or"
                        + " ask its administrator: the fault is neither the image's nor the engine's.",
                "tls: failed to verify certificate: x509: certificate signed by unknown authority | the engine does not trust"
                        + " the certificate of Docker Hub | give the engine the certificate of its authority"
                        + " (/etc/docker/certs.d//ca.crt).",
                "http: server gave HTTP response to HTTPS client | Docker Hub speaks HTTP, and the engine HTTPS | allow it in"
                        + " the engine's settings (insecure-registries), or let the registry have a certificate.",
                "the registry sent nothing for 60 s | the engine does not reach Docker Hub | check the name, and the engine's"
                        + " way there, which may need a proxy in the engine's settings: docker pull team/app:500",
                "manifest for team/app:500 not found: manifest unknown | Docker Hub has no such image | check name and tag:"
                        + " docker pull team/app:500",
                "something new | the engine did not get it from Docker Hub | check the name, and that the engine reaches the"
                        + " registry: docker pull team/app:500"
            })
    void hasACauseAndARemedy(String words, String cause, String remedy) {
        assertThat(PullFailure.of(words, "team/app:500", "docker pull team/app:500"))
                .isEqualTo(new PullFailure(cause, remedy));
    }
}
