package dev.foreignarch.container;

import com.github.dockerjava.api.DockerClient;
import java.time.Duration;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.startupcheck.StartupCheckStrategy;

/** The user's own check that a container started, and a look at how it ended if it did not. */
final class WatchedStartup extends StartupCheckStrategy {

    private final StartupCheckStrategy own;
    private final LastWords words;

    WatchedStartup(StartupCheckStrategy own, LastWords words) {
        this.own = own;
        this.words = words;
    }

    @Override
    @SuppressWarnings("deprecation") // Testcontainers calls this one, and the user's own may have overridden it.
    public boolean waitUntilStartupSuccessful(GenericContainer<?> container) {
        boolean successful = own.waitUntilStartupSuccessful(container);
        if (!successful) {
            words.noteEnding();
        }
        return successful;
    }

    @Override
    public StartupStatus checkStartupState(DockerClient client, String container) {
        return own.checkStartupState(client, container);
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"
    }) // The superclass declares it so: whatever the caller takes it for, it is this.
    public <SELF extends StartupCheckStrategy> SELF withTimeout(Duration timeout) {
        own.withTimeout(timeout);
        return (SELF) this;
    }
}
