package dev.foreignarch.jupiter;

import com.github.dockerjava.api.command.CreateContainerCmd;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What a test has used, and what is to be remarked on it. It is in JUnit's store; dynamic tests find that of their factory.
 * A class has one, too, which counts for all of its tests.
 */
final class CellUse implements AutoCloseable {

    private final ExtensionContext context;
    private final @Nullable CellUse outer;
    private final boolean concurrent;
    private final List<CreatedContainer> created = new ArrayList<>();
    private final Set<String> marks = new LinkedHashSet<>();
    private final Set<String> warnings = new LinkedHashSet<>();
    private boolean asked;

    private CellUse(ExtensionContext context, @Nullable CellUse outer) {
        this.context = context;
        this.outer = outer;
        this.concurrent = Concurrency.isEnabled(context);
    }

    private record Key(String uniqueId) {}

    /** Return the use of the test or class that a context belongs to. */
    static CellUse of(ExtensionContext context) {
        return nearest(context).orElseGet(() -> open(context));
    }

    /** Return the use of exactly the test or class of a context. It is over when JUnit closes the store of that. */
    static CellUse open(ExtensionContext context) {
        CellUse outer = context.getParent().flatMap(CellUse::nearest).orElse(null);
        return context.getStore(ForeignArchExtension.NAMESPACE)
                .getOrComputeIfAbsent(new Key(context.getUniqueId()), key -> opened(context, outer), CellUse.class);
    }

    private static CellUse opened(ExtensionContext context, @Nullable CellUse outer) {
        CellUse use = new CellUse(context, outer);
        RunningUses.open(use);
        return use;
    }

    private static Optional<CellUse> nearest(ExtensionContext context) {
        return Stream.iterate(Optional.of(context), Optional::isPresent, it -> it.flatMap(ExtensionContext::getParent))
                .flatMap(Optional::stream)
                .map(around -> around.getStore(ForeignArchExtension.NAMESPACE)
                        .get(new Key(around.getUniqueId()), CellUse.class))
                .filter(Objects::nonNull)
                .findFirst();
    }

    ExtensionContext context() {
        return context;
    }

    /** Return whether other tests may run at the same time. */
    boolean isConcurrent() {
        return concurrent;
    }

    /** Return whether it is that of a test or class inside of another one. */
    boolean isInside(CellUse other) {
        return outer != null && (outer == other || outer.isInside(other));
    }

    /** Note that the architecture was asked for. */
    synchronized void ask() {
        asked = true;
    }

    /** Return whether the test, or its class for all of its tests, has asked for the architecture. */
    boolean hasAsked() {
        synchronized (this) {
            if (asked) {
                return true;
            }
        }
        return outer != null && outer.hasAsked();
    }

    synchronized void add(CreatedContainer container) {
        created.add(container);
    }

    /** Return the containers that Testcontainers created for the test and its class. */
    List<CreatedContainer> created() {
        List<CreatedContainer> all = new ArrayList<>(outer == null ? List.of() : outer.created());
        synchronized (this) {
            all.addAll(created);
        }
        return all;
    }

    /** Let a container that is about to be created run on the architecture, if the user wants that of all containers. */
    void bindIfAll(CreateContainerCmd create) {
        if (Settings.of(context).allContainers()) {
            declared().ifPresent(it -> place(it).bind(create));
        }
    }

    private Place place(DeclaredArchitecture declared) {
        return Place.of(context, Preparations.of(context).host(), declared);
    }

    /** What is created for the class as a whole has an architecture, too, if the class runs on but one. */
    private Optional<DeclaredArchitecture> declared() {
        return Cell.of(context)
                .map(Cell::declared)
                .or(() -> DeclaredArchitecture.in(context))
                .or(() -> Optional.of(ForeignArchExtension.selected(context))
                        .filter(selected -> selected.size() == 1)
                        .map(selected -> selected.get(0)));
    }

    /** Remark on the test. */
    synchronized void mark(String remark) {
        marks.add(remark);
    }

    /** Return the remarks on the test. */
    synchronized List<String> marks() {
        return List.copyOf(marks);
    }

    /** Return whether something is to be told, since nobody has told it of this class before. */
    boolean isNews(String warning) {
        if (outer != null) {
            return outer.isNews(warning);
        }
        synchronized (this) {
            return warnings.add(warning);
        }
    }

    @Override
    public void close() {
        RunningUses.close(this);
    }
}
