package dev.foreignarch.jvm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.platform.commons.JUnitException;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.EngineDiscoveryRequest;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.engine.discovery.IterationSelector;
import org.junit.platform.engine.discovery.MethodSelector;
import org.junit.platform.engine.discovery.NestedClassSelector;
import org.junit.platform.engine.discovery.NestedMethodSelector;
import org.junit.platform.engine.discovery.UniqueIdSelector;

/**
 * What a request wants of this engine.
 *
 * @param selectors selectors that can lead to foreign classes; other engines know how to follow them
 * @param ids unique IDs of this engine
 */
record Selection(List<DiscoverySelector> selectors, List<UniqueId> ids) {

    Selection {
        selectors = List.copyOf(selectors);
        ids = List.copyOf(ids);
    }

    /**
     * Pick what can lead to foreign classes. Most modules have none, and there nothing more is to happen: build tools
     * name classes.
     */
    static Selection of(EngineDiscoveryRequest request) {
        List<DiscoverySelector> selectors = new ArrayList<>();
        List<UniqueId> ids = new ArrayList<>();
        for (DiscoverySelector selector : request.getSelectorsByType(DiscoverySelector.class)) {
            if (selector instanceof UniqueIdSelector id) {
                Optional.of(id.getUniqueId())
                        .filter(own -> own.getEngineId()
                                .filter(ForeignJvmEngine.ID::equals)
                                .isPresent())
                        .ifPresent(ids::add);
            } else if (mayLeadToForeign(selector)) {
                selectors.add(selector);
            }
        }
        return new Selection(selectors, ids);
    }

    private static boolean mayLeadToForeign(DiscoverySelector selector) {
        if (selector instanceof ClassSelector type) {
            return isForeign(type::getJavaClass) || isSuite(type::getJavaClass);
        }
        if (selector instanceof MethodSelector method) {
            return isForeign(method::getJavaClass);
        }
        if (selector instanceof NestedClassSelector nested) {
            return isForeign(nested::getNestedClass);
        }
        if (selector instanceof NestedMethodSelector nested) {
            return isForeign(nested::getNestedClass);
        }
        return !(selector instanceof IterationSelector iteration) || mayLeadToForeign(iteration.getParentSelector());
    }

    /** Return whether a selector leads to classes with all their tests. */
    static boolean meansWholeClasses(DiscoverySelector selector) {
        return !(selector instanceof MethodSelector
                || selector instanceof NestedClassSelector
                || selector instanceof NestedMethodSelector
                || selector instanceof IterationSelector
                || (selector instanceof ClassSelector type && !ForeignClass.isForeign(type.getJavaClass())));
    }

    /** Return whether a selector is for a class, or a suite, whose tests all run in foreign JVMs. */
    static boolean meansForeignClass(DiscoverySelector selector) {
        return selector instanceof ClassSelector type && isForeign(type::getJavaClass);
    }

    private static boolean isSuite(Supplier<Class<?>> type) {
        try {
            return VintageSuite.isSuite(type.get());
        } catch (JUnitException | LinkageError unusable) {
            return false;
        }
    }

    /** A class that can't be loaded is reported by the engine that would run it. */
    private static boolean isForeign(Supplier<Class<?>> type) {
        try {
            return ForeignClass.isWithinForeign(type.get());
        } catch (JUnitException | LinkageError unusable) {
            return false;
        }
    }

    /** Find the class that a unique ID of this engine names. */
    static Optional<Class<?>> classOf(UniqueId id) {
        return id.getSegments().stream()
                .filter(segment -> segment.getType().equals(ClassMirror.SEGMENT))
                .findFirst()
                .flatMap(segment ->
                        ReflectionSupport.tryToLoadClass(segment.getValue()).toOptional());
    }
}
