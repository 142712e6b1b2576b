package dev.foreignarch.jupiter;

import dev.foreignarch.container.ContainerBinding;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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
     * <p>First all of them are bound, and what they depend on: a container starts those that it depends on, and they would
     * run natively.
     */
    void fill(List<FieldOfTest> fields, Place place) {
        IdentityHashMap<GenericContainer<?>, UsedContainer> uses = new IdentityHashMap<>();
        List<GenericContainer<?>> containers = new ArrayList<>();
        for (FieldOfTest field : fields) {
            GenericContainer<?> container = field.container(place);
            containers.add(container);
            uses.putIfAbsent(
                    container, new UsedContainer("field " + field.name(), container, place.host(), field::clear));
        }
        for (int number = 0; number < fields.size(); number++) {
            bindDependencies(fields.get(number), containers.get(number), place, uses);
        }
        for (int number = 0; number < fields.size(); number++) {
            start(containers.get(number), uses);
            fields.get(number).fill(containers.get(number));
        }
    }

    private static void bindDependencies(
            FieldOfTest field,
            GenericContainer<?> container,
            Place place,
            IdentityHashMap<GenericContainer<?>, UsedContainer> uses) {
        for (GenericContainer<?> dependency : ContainerBinding.dependencies(container)) {
            if (!uses.containsKey(dependency) && place.bindDependency(dependency)) {
                String purpose = "dependency of field " + field.name();
                uses.put(dependency, new UsedContainer(purpose, dependency, place.host(), () -> {}));
            }
        }
    }

    /** What a container depends on is remembered before it, and so stopped after it. */
    private void start(GenericContainer<?> container, IdentityHashMap<GenericContainer<?>, UsedContainer> uses) {
        List<UsedContainer> together = Stream.concat(
                        ContainerBinding.dependencies(container).stream(), Stream.of(container))
                .flatMap(each -> Stream.ofNullable(uses.get(each)))
                .toList();
        together.forEach(this::remember);
        together.get(together.size() - 1).start();
        together.forEach(UsedContainer::start);
    }

    /** Return the containers in the order in which they were started. */
    synchronized List<UsedContainer> containers() {
        Deque<UsedContainer> inOrder = new ArrayDeque<>();
        latestFirst.forEach(inOrder::push);
        return List.copyOf(inOrder);
    }

    /** Look once more at what runs in the containers, while the test that they belong to is not over. */
    void lookBeforeStop() {
        containers().forEach(UsedContainer::lookBeforeStop);
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
        remember(use);
        use.start();
    }

    /** Before it is started: a start that fails may leave something behind. */
    private synchronized void remember(UsedContainer use) {
        if (!latestFirst.contains(use)) {
            latestFirst.push(use);
        }
    }
}
