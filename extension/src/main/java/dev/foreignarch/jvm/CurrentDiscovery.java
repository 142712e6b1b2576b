package dev.foreignarch.jvm;

import dev.foreignarch.jupiter.DeclaredUse;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.platform.commons.JUnitException;
import org.junit.platform.engine.TestDescriptor;

/**
 * What has become of classes in the discovery that goes on in this thread: which ones this engine has taken, and which
 * ones it refuses.
 *
 * <p>Only a class that was taken is taken away from the engines that would run it here. Where this engine is excluded,
 * they keep the class; otherwise nobody would run it, and nobody would notice.
 */
final class CurrentDiscovery {

    private static final ThreadLocal<CurrentDiscovery> CURRENT = ThreadLocal.withInitial(CurrentDiscovery::new);

    private final Set<TakenClass> taken = new HashSet<>();
    private final Map<Class<?>, Optional<String>> declarations = new HashMap<>();
    private @Nullable TestDescriptor root;

    private CurrentDiscovery() {}

    static CurrentDiscovery get() {
        return CURRENT.get();
    }

    /** Begin anew: other engines may be asked this time. */
    static void begin() {
        CURRENT.remove();
    }

    /** Tell where refused classes are reported: at the top, since a suite that is refused vanishes as a whole. */
    void reportTo(TestDescriptor rootOfThisEngine, DiscoveredBy place) {
        if (place.suite().isEmpty()) {
            root = rootOfThisEngine;
        }
    }

    void take(DiscoveredBy place, Class<?> type) {
        taken.add(new TakenClass(place.suite(), type.getName()));
    }

    /** Return whether this engine has a class, at the top or in the suite in which another engine has it. */
    boolean isTaken(DiscoveredBy place, String className) {
        return taken.contains(new TakenClass(place.suite(), className));
    }

    /** Return how a class asks for an architecture, if it does. */
    Optional<String> declaration(Class<?> type) {
        return declarations.computeIfAbsent(type, DeclaredUse::in);
    }

    /** Report a class as one that can't run. */
    void refuse(Class<?> type, String problem) {
        TestDescriptor reported = root;
        if (reported == null) {
            // Without our engine nobody else can report it, and the tests would pass somewhere else than promised.
            throw new JUnitException(problem);
        }
        ClassMirror mirror = ClassMirror.refused(reported.getUniqueId(), type, problem);
        if (reported.getChildren().stream()
                .noneMatch(child -> child.getUniqueId().equals(mirror.getUniqueId()))) {
            reported.addChild(mirror);
        }
    }

    private record TakenClass(String suite, String className) {}
}
