/**
 * Tests that run inside a JVM of a foreign architecture.
 */
@NullMarked
package dev.foreignarch.jvm;

import org.jspecify.annotations.NullMarked;
