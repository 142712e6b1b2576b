/**
 * Native programs of a foreign architecture, with a handler in the kernel's table or without one.
 */
@NullMarked
package dev.foreignarch.program;

import org.jspecify.annotations.NullMarked;
