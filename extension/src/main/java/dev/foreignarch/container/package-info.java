/**
 * Any container of Testcontainers on a foreign architecture.
 */
@NullMarked
package dev.foreignarch.container;

import org.jspecify.annotations.NullMarked;
