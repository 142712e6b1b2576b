package dev.foreignarch.jvm;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Names of the classes that the engine has taken in this JVM.
 *
 * <p>Only these are taken away from JUnit Jupiter. Where the engine is excluded, Jupiter keeps the class and says what
 * is wrong; otherwise nobody would run it, and nobody would notice.
 */
final class TakenClasses {

    private static final Set<String> NAMES = ConcurrentHashMap.newKeySet();

    private TakenClasses() {}

    static void add(Class<?> type) {
        NAMES.add(type.getName());
    }

    static boolean contain(String className) {
        return NAMES.contains(className);
    }
}
