package dev.foreignarch.report;

import dev.foreignarch.arch.Architecture;

/**
 * The place of a result in the table.
 *
 * @param id JUnit's unique ID of the test: what has the same one in a run is the same test
 * @param row the unique ID without the architecture, the same on all architectures
 * @param type name of the test class, with its package
 * @param test name of the test in its class, which several may have
 * @param whole whether this is no test but a class or template, which failed or was skipped as a whole
 * @param architecture the architecture
 */
record CellAddress(String id, String row, String type, String test, boolean whole, Architecture architecture) {

    /** Return the name of a class without its package: {@code Outer.Inner}. */
    static String simpleName(String type) {
        return type.substring(type.lastIndexOf('.') + 1).replace('$', '.');
    }
}
