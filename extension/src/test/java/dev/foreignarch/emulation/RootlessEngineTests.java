package dev.foreignarch.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import dev.foreignarch.arch.Architecture;
import dev.foreignarch.engine.Engine;
import dev.foreignarch.engine.PrivateEngine;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every rootless engine keeps, whatever its host emulates: here Docker's, and those whose addresses are in the
 * environment variable {@code FOREIGNARCH_ROOTLESS_ENGINES}, separated by commas.
 */
@Tag("engine")
class RootlessEngineTests {

    private static final List<Architecture> ALL = List.of(Architecture.values());

    @RegisterExtension
    static final PrivateEngine DOCKER = PrivateEngine.with("--rootless");

    static Stream<URI> addresses() {
        String others = Objects.requireNonNullElse(System.getenv("FOREIGNARCH_ROOTLESS_ENGINES"), "");
        return Stream.concat(
                Stream.of(DOCKER.address()),
                Stream.of(others.split(",")).filter(text -> !text.isBlank()).map(URI::create));
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void nothing_is_registered_unless_it_is_asked_for(URI address) throws IOException {
        try (DockerClient client = PrivateEngine.connect(address)) {
            Engine engine = Engine.of(client);
            assertThat(engine.facts().rootless()).isTrue();
            Map<Architecture, String> before = kinds(engine, Registration.NEVER);

            for (Registration registration : List.of(Registration.AUTO, Registration.TEMPORARY, Registration.REPAIR)) {
                assertThat(kinds(engine, registration)).as(registration.name()).isEqualTo(before);
                assertThat(engine.find(Registrar.HOLDER)).isEmpty();
            }
            assertThat(kinds(engine, Registration.NEVER)).isEqualTo(before);
        }
    }

    private static Map<Architecture, String> kinds(Engine engine, Registration registration) {
        try (Emulation emulation = Emulation.on(engine, new EmulationSettings(registration, Optional.empty()))) {
            return emulation.prepare(ALL).entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey,
                            entry -> entry.getValue().getClass().getSimpleName()));
        }
    }
}
