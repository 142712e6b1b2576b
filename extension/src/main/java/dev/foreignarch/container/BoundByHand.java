package dev.foreignarch.container;

import static org.apiguardian.api.API.Status.INTERNAL;

import dev.foreignarch.arch.Architecture;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import org.apiguardian.api.API;
import org.testcontainers.containers.GenericContainer;

/**
 * The containers that the user has bound for good, for as long as anybody holds them. They may outlive the test that has
 * started them, and serve others.
 */
@API(status = INTERNAL, since = "0.2")
public final class BoundByHand {

    /** The container holds its binding. It is no key itself: what it equals changes when it is started. */
    private static final Set<BoundContainer> ALL =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    private BoundByHand() {}

    static void add(GenericContainer<?> container) {
        BoundContainer.find(container).ifPresent(ALL::add);
    }

    /**
     * Return whether one of them is up.
     *
     * @param architecture what it runs on
     */
    public static boolean isUp(Architecture architecture) {
        List<BoundContainer> all;
        synchronized (ALL) {
            all = List.copyOf(ALL);
        }
        return all.stream()
                .anyMatch(bound -> !bound.binding().byTest()
                        && bound.architecture() == architecture
                        && bound.container().getContainerId() != null);
    }
}
