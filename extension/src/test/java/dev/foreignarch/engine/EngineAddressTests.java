package dev.foreignarch.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EngineAddressTests {

    private static final String SSH =
            "Testcontainers, through which ForeignArch reaches the engine, does not speak SSH."
                    + " Forward the engine's socket: ";

    static Stream<Arguments> unusable() {
        return Stream.of(
                Arguments.of(
                        "ssh://me@box",
                        SSH + "ssh -nNT -L /tmp/docker-box.sock:/var/run/docker.sock me@box. Then set"
                                + " DOCKER_HOST=unix:///tmp/docker-box.sock, and TESTCONTAINERS_HOST_OVERRIDE=box, where its"
                                + " containers' ports are."),
                Arguments.of(
                        "ssh://box.example:2222/run/user/1000/docker.sock",
                        SSH + "ssh -nNT -p 2222 -L /tmp/docker-box.example.sock:/run/user/1000/docker.sock box.example."
                                + " Then set DOCKER_HOST=unix:///tmp/docker-box.example.sock, and"
                                + " TESTCONTAINERS_HOST_OVERRIDE=box.example, where its containers' ports are."),
                Arguments.of(
                        "npipe:////./pipe/docker_engine",
                        "only Windows has named pipes. Set DOCKER_HOST=unix:///var/run/docker.sock, or leave it unset."),
                Arguments.of(
                        "http://127.0.0.1:2375",
                        "an engine's address begins with tcp://, also where it speaks HTTP. Set"
                                + " DOCKER_HOST=tcp://127.0.0.1:2375."),
                Arguments.of(
                        "https://box:2376/",
                        "an engine's address begins with tcp://, also where it speaks HTTPS. Set"
                                + " DOCKER_HOST=tcp://box:2376, DOCKER_TLS_VERIFY=1, and DOCKER_CERT_PATH to the directory"
                                + " of the certificates."),
                Arguments.of(
                        "fd://",
                        "it tells a daemon on which socket to listen, and is no address for clients. Set"
                                + " DOCKER_HOST=unix:///var/run/docker.sock, or leave it unset."),
                Arguments.of(
                        "/run/docker.sock",
                        "a socket's address begins with unix://. Set DOCKER_HOST=unix:///run/docker.sock."),
                Arguments.of(
                        "localhost:2375",
                        "an engine's address begins with tcp://. Set DOCKER_HOST=tcp://localhost:2375."),
                Arguments.of(
                        "unix:///a b",
                        "it is not the address of an engine. Set DOCKER_HOST to one that begins with unix:// or tcp://, such"
                                + " as unix:///var/run/docker.sock or tcp://192.0.2.1:2375, or leave it unset."));
    }

    @ParameterizedTest
    @MethodSource("unusable")
    void what_testcontainers_can_not_use_is_refused_with_what_to_write(String value, String reason) {
        assertThatThrownBy(() -> new NamedEngine("DOCKER_HOST", value).mustBeUsable())
                .isInstanceOf(EngineException.class)
                .hasMessage("DOCKER_HOST is '" + value + "', which can't be used: " + reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"unix:///var/run/docker.sock", "tcp://127.0.0.1:2375", "tcp://[::1]:2376"})
    void what_it_can_use_is_left_to_it(String value) {
        NamedEngine named = new NamedEngine("DOCKER_HOST", value);
        assertThatCode(named::mustBeUsable).doesNotThrowAnyException();
        assertThatCode(() -> named.mustBe(URI.create(value))).doesNotThrowAnyException();
    }

    @Test
    void a_silent_engine_is_named() {
        assertThat(new NamedEngine("docker.host in ~/.testcontainers.properties", "tcp://box:2375").silence())
                .isEqualTo("No container engine answers at tcp://box:2375, which docker.host in"
                        + " ~/.testcontainers.properties names. Start it, or name another one: 'docker -H tcp://box:2375"
                        + " info' must work for the user who runs the tests.");
    }
}
