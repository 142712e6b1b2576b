package dev.foreignarch.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * An engine with a table of handlers of its own, for the tests of one class. See {@code host/private-engine.sh} for the
 * options.
 */
public final class PrivateEngine implements BeforeAllCallback, AfterAllCallback {

    private static final Path SCRIPT =
            Path.of("..", "host", "private-engine.sh").toAbsolutePath();

    private static final AtomicInteger STARTED = new AtomicInteger();

    private final List<String> options;
    private final @Nullable PrivateEngine outer;
    private String name = "";
    private @Nullable URI address;
    private @Nullable DockerClient client;

    private PrivateEngine(List<String> options, @Nullable PrivateEngine outer) {
        this.options = options;
        this.outer = outer;
    }

    /** Start an engine with these options of the script. */
    public static PrivateEngine with(String... options) {
        return new PrivateEngine(List.of(options), null);
    }

    /** Start an engine in the machine of another one, which must have been started before. */
    public static PrivateEngine inside(PrivateEngine outer, String... options) {
        return new PrivateEngine(List.of(options), outer);
    }

    /** Return the engine. */
    public Engine engine() {
        return Engine.of(client());
    }

    /** Return the client. */
    public DockerClient client() {
        if (client == null) {
            throw new IllegalStateException("the engine does not run");
        }
        return client;
    }

    /** Return the engine's address. */
    public URI address() {
        if (address == null) {
            throw new IllegalStateException("the engine does not run");
        }
        return address;
    }

    /**
     * Run a shell script as root where the engine runs, and return what it prints.
     *
     * @throws AssertionError if it fails
     */
    public String sh(String script) {
        return run(List.of("enter", name, "sh", "-ec", script));
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        name = context.getRequiredTestClass().getSimpleName() + "-"
                + ProcessHandle.current().pid() + "-" + STARTED.incrementAndGet();
        List<String> command = new ArrayList<>(List.of("start", name));
        command.addAll(options);
        address = URI.create(run(command).strip());
        client = connect(address);
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        if (client != null) {
            client.close();
        }
        run(List.of("stop", name));
    }

    /** Make a client for an address. */
    public static DockerClient connect(URI address) {
        return DockerClientImpl.getInstance(
                DefaultDockerClientConfig.createDefaultConfigBuilder()
                        .withDockerHost(address.toString())
                        .build(),
                new ZerodepDockerHttpClient.Builder().dockerHost(address).build());
    }

    private String run(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(SCRIPT.toString()));
        if (outer != null) {
            command.addAll(List.of("enter", outer.name, SCRIPT.toString()));
        }
        command.addAll(arguments);
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            int exitCode = process.waitFor();
            if (exitCode != 0) {
                throw new AssertionError(String.join(" ", command) + " ended with " + exitCode + ": " + output);
            }
            return output;
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError(String.join(" ", command) + " can't be run", failed);
        }
    }
}
