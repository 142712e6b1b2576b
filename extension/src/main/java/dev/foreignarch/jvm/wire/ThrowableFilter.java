package dev.foreignarch.jvm.wire;

import java.io.ObjectInputFilter;
import java.util.Set;

/**
 * Decides which classes a foreign JVM may have us make: throwables, and plain values that assertions compare.
 *
 * <p>Whoever controls the foreign JVM is not to get more here than a report. Throwables of all kinds are needed, enums
 * and records carry nothing but their values, the rest comes from a short list.
 */
final class ThrowableFilter implements ObjectInputFilter {

    private static final int MAXIMAL_DEPTH = 200;
    private static final int MAXIMAL_ARRAY = 1_000_000;

    private static final Set<String> PACKAGES = Set.of("java.lang", "java.math", "java.time");

    private static final Set<String> VALUES = Set.of(
            "java.io.File",
            "java.net.URI",
            "java.util.ArrayDeque",
            "java.util.ArrayList",
            "java.util.Arrays$ArrayList",
            "java.util.Collections$EmptyList",
            "java.util.Collections$SynchronizedCollection",
            "java.util.Collections$SynchronizedList",
            "java.util.Collections$UnmodifiableCollection",
            "java.util.Collections$UnmodifiableList",
            "java.util.Collections$UnmodifiableMap",
            "java.util.Collections$UnmodifiableRandomAccessList",
            "java.util.Collections$UnmodifiableSet",
            "java.util.BitSet",
            "java.util.CollSer",
            "java.util.ImmutableCollections$List12",
            "java.util.ImmutableCollections$ListN",
            "java.util.ImmutableCollections$Map1",
            "java.util.ImmutableCollections$MapN",
            "java.util.ImmutableCollections$Set12",
            "java.util.ImmutableCollections$SetN",
            "java.util.Currency",
            "java.util.Date",
            "java.util.HashMap",
            "java.util.HashSet",
            "java.util.LinkedHashMap",
            "java.util.LinkedHashSet",
            "java.util.LinkedList",
            "java.util.Locale",
            "java.util.Map$Entry",
            "java.util.TreeMap",
            "java.util.TreeSet",
            "java.util.UUID",
            "java.util.concurrent.atomic.AtomicInteger",
            "java.util.concurrent.atomic.AtomicLong",
            "org.opentest4j.FileInfo",
            "org.opentest4j.ValueWrapper");

    @Override
    public Status checkInput(FilterInfo info) {
        if (info.depth() > MAXIMAL_DEPTH || info.arrayLength() > MAXIMAL_ARRAY) {
            return Status.REJECTED;
        }
        Class<?> type = info.serialClass();
        return type == null || mayBeMade(type) ? Status.ALLOWED : Status.REJECTED;
    }

    private static boolean mayBeMade(Class<?> type) {
        Class<?> element = type;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        return element.isPrimitive()
                || element == Object.class
                || Throwable.class.isAssignableFrom(element)
                || Enum.class.isAssignableFrom(element)
                || element.isRecord()
                || PACKAGES.contains(element.getPackageName())
                || VALUES.contains(element.getName());
    }
}
