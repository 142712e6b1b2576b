package dev.foreignarch.jvm;

import java.util.HashSet;
import java.util.Set;

/**
 * Names of the classes that the engine has taken in the discovery that goes on in this thread.
 *
 * <p>Only these are taken away from JUnit Jupiter. Where the engine is excluded, Jupiter keeps the class and says what
 * is wrong; otherwise nobody would run it, and nobody would notice.
 */
final class TakenClasses {

    private static final ThreadLocal<Set<String>> NAMES = ThreadLocal.withInitial(HashSet::new);

    private TakenClasses() {}

    static void add(Class<?> type) {
        NAMES.get().add(type.getName());
    }

    static boolean contain(String className) {
        return NAMES.get().contains(className);
    }

    static void forget() {
        NAMES.remove();
    }
}
