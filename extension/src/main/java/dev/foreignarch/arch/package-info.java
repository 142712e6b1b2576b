/**
 * CPU architectures as values: their names and the ELF header by which a kernel recognizes their programs.
 *
 * <p>Nothing in this package does I/O or knows about containers or tests.
 */
@NullMarked
package dev.foreignarch.arch;

import org.jspecify.annotations.NullMarked;
