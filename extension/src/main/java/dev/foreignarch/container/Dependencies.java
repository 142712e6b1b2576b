package dev.foreignarch.container;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.lifecycle.Startable;
import org.testcontainers.lifecycle.Startables;

/**
 * What a container depends on by {@code dependsOn}, directly or by others.
 *
 * <p>Containers are told apart by identity: two of Testcontainers' are equal if their settings are, and not equal to
 * themselves after they have started.
 */
final class Dependencies {

    private final IdentityHashMap<Startable, Startable> explained = new IdentityHashMap<>();

    private Dependencies() {}

    /** Return the containers among them, each behind those that it depends on itself. */
    static List<GenericContainer<?>> of(Startable dependent) {
        List<GenericContainer<?>> found = new ArrayList<>();
        collect(dependent, Collections.newSetFromMap(new IdentityHashMap<>()), found);
        return found;
    }

    private static void collect(Startable dependent, Set<Startable> seen, List<GenericContainer<?>> found) {
        for (Startable dependency : dependent.getDependencies()) {
            if (seen.add(dependency)) {
                collect(dependency, seen, found);
                if (dependency instanceof GenericContainer<?> container) {
                    found.add(container);
                }
            }
        }
    }

    /**
     * Start the containers among them, if any is bound, so that each of those explains itself. The others are started here,
     * too: Testcontainers would start one that several need for each of them, at the same time.
     */
    static void startBound(Startable dependent) {
        if (of(dependent).stream().noneMatch(each -> BoundContainer.find(each).isPresent())) {
            return;
        }
        Dependencies all = new Dependencies();
        try {
            Startables.deepStart(all.explained(dependent)).join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException failure ? failure : failed;
        }
    }

    private Set<Startable> explained(Startable dependent) {
        Set<Startable> result = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Startable dependency : dependent.getDependencies()) {
            Startable known = explained.get(dependency);
            if (known == null) {
                known = new Explained(dependency, explained(dependency));
                explained.put(dependency, known);
            }
            result.add(known);
        }
        return result;
    }

    /** Stands for a dependency. */
    private static final class Explained implements Startable {
        private final Startable dependency;
        private final Set<Startable> dependencies;

        Explained(Startable dependency, Set<Startable> dependencies) {
            this.dependency = dependency;
            this.dependencies = dependencies;
        }

        @Override
        public Set<Startable> getDependencies() {
            return dependencies;
        }

        @Override
        public void start() {
            if (dependency instanceof GenericContainer<?> container) {
                BoundContainer.find(container).ifPresentOrElse(ExplainedStart::run, container::start);
            }
        }

        @Override
        public void stop() {
            dependency.stop();
        }
    }
}
