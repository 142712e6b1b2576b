package dev.foreignarch.jupiter;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.containers.GenericContainer;

/** The containers of a test, or of an invocation of a class. They are stopped when JUnit closes the store of it. */
final class ContainerScope implements AutoCloseable {

    private final Deque<UsedContainer> latestFirst = new ArrayDeque<>();

    /** Return the scope of a test. */
    static ContainerScope ofTest(ExtensionContext context) {
        return context.getStore(ForeignArchExtension.NAMESPACE)
                .getOrComputeIfAbsent(ContainerScope.class, key -> new ContainerScope(), ContainerScope.class);
    }

    /** Find the scope of a test, if it has containers; a dynamic test finds that of its factory. */
    static Optional<ContainerScope> find(ExtensionContext context) {
        return Optional.ofNullable(
                context.getStore(ForeignArchExtension.NAMESPACE).get(ContainerScope.class, ContainerScope.class));
    }

    /** Make a container of an image, and start it. */
    GenericContainer<?> start(String purpose, ForeignContainer wanted, Place place) {
        GenericContainer<?> container = place.create(wanted.value(), wanted.emulation());
        start(new UsedContainer(purpose, container, place.host(), () -> {}));
        return container;
    }

    /**
     * Start the containers of fields, and put them there.
     *
     * @param target the instance that has the fields, or nothing if they are static
     */
    void fill(List<ContainerField> fields, @Nullable Object target, Place place) {
        for (ContainerField field : fields) {
            GenericContainer<?> container = field.container(target, place);
            start(new UsedContainer("field " + field.name(), container, place.host(), () -> field.clear(target)));
            field.fill(target, container);
        }
    }

    /** Return the containers in the order in which they were started. */
    synchronized List<UsedContainer> containers() {
        Deque<UsedContainer> inOrder = new ArrayDeque<>();
        latestFirst.forEach(inOrder::push);
        return List.copyOf(inOrder);
    }

    @Override
    public synchronized void close() {
        RuntimeException failure = null;
        while (!latestFirst.isEmpty()) {
            try {
                latestFirst.pop().stop();
            } catch (RuntimeException next) {
                if (failure == null) {
                    failure = next;
                } else {
                    failure.addSuppressed(next);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void start(UsedContainer use) {
        // Remembered before it is started: a start that fails may leave something behind.
        synchronized (this) {
            latestFirst.push(use);
        }
        use.start();
    }
}
