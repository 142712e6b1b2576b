package dev.foreignarch.engine;

import java.net.URI;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.function.Supplier;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.dockerclient.TransportConfig;

/** Finds the engine as Testcontainers does, but no other than the one that is named. */
final class TestcontainersEngine {

    private TestcontainersEngine() {}

    static Engine find() {
        return explained(() -> {
            Optional<NamedEngine> named = named();
            if (!DockerClientFactory.instance().isDockerAvailable()) {
                throw silence(named);
            }
            URI address = DockerClientFactory.instance().getTransportConfig().getDockerHost();
            named.ifPresent(engine -> engine.mustBe(address));
            return new Engine(
                    DockerClientFactory.lazyClient(), Optional.of(address), DockerClientFactory.instance()::getInfo);
        });
    }

    static Engine findWithoutRyuk() {
        return explained(() -> {
            Optional<NamedEngine> named = named();
            TransportConfig at = transport().orElseThrow(() -> silence(named));
            named.ifPresent(engine -> engine.mustBe(at.getDockerHost()));
            return Engine.of(DockerClientProviderStrategy.getClientForConfig(at), at.getDockerHost());
        });
    }

    private static Optional<NamedEngine> named() {
        Optional<NamedEngine> named = NamedEngine.current();
        named.ifPresent(NamedEngine::mustBeUsable);
        return named;
    }

    private static Optional<TransportConfig> transport() {
        try {
            return Optional.of(DockerClientFactory.instance().getTransportConfig());
        } catch (IllegalStateException noneIsValid) {
            return Optional.empty();
        }
    }

    private static EngineException silence(Optional<NamedEngine> named) {
        return new EngineException(
                named.map(NamedEngine::silence)
                        .orElse("No container engine answers. ForeignArch runs foreign architectures in containers, on"
                                + " Docker or a compatible engine. Start one, or name it with the environment variable"
                                + " DOCKER_HOST; 'docker info' must work for the user who runs the tests."),
                null);
    }

    /** What Testcontainers throws is of many kinds, such as that of a library which reads certificates. */
    private static Engine explained(Supplier<Engine> search) {
        try {
            return search.get();
        } catch (EngineException told) {
            throw told;
        } catch (RuntimeException | ServiceConfigurationError refused) {
            throw new EngineException(
                    "Testcontainers can't use the container engine: " + EngineException.words(root(refused)), refused);
        }
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
