package dev.foreignarch.report;

import dev.foreignarch.arch.Architecture;

/**
 * The place of a result in the table.
 *
 * @param type name of the test class, with its package
 * @param test name of the test in its class, the same on all architectures
 * @param architecture the architecture
 */
record CellAddress(String type, String test, Architecture architecture) {

    /** Return a test as a reader of the report knows it: {@code CacheTests › answers}. */
    String title() {
        return simpleName(type) + " › " + test;
    }

    /** Return the name of a class without its package: {@code Outer.Inner}. */
    static String simpleName(String type) {
        return type.substring(type.lastIndexOf('.') + 1).replace('$', '.');
    }
}
