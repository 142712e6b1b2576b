package dev.foreignarch.container;

import static org.apiguardian.api.API.Status.INTERNAL;

import com.github.dockerjava.api.command.CreateContainerCmd;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apiguardian.api.API;
import org.testcontainers.core.CreateContainerCmdModifier;

/**
 * Sees each container that Testcontainers creates, whoever makes and starts it; Testcontainers finds it by itself. It comes
 * before the modifiers that the container has of its own.
 *
 * <p>It runs wherever this library is on the class path, also without JUnit.
 */
@API(status = INTERNAL, since = "0.1")
public final class CreationWatch implements CreateContainerCmdModifier {

    private static final List<Consumer<CreateContainerCmd>> WATCHERS = new CopyOnWriteArrayList<>();

    /** Make one, for {@link java.util.ServiceLoader}. */
    public CreationWatch() {}

    /**
     * Let somebody see all containers that will be created in this JVM.
     *
     * @param watcher gets the command that is about to be used, in the thread that starts the container
     */
    public static void add(Consumer<CreateContainerCmd> watcher) {
        WATCHERS.add(watcher);
    }

    @Override
    public CreateContainerCmd modify(CreateContainerCmd create) {
        WATCHERS.forEach(watcher -> watcher.accept(create));
        return create;
    }
}
