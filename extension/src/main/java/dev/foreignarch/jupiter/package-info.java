/**
 * JUnit Jupiter's side: the annotations that a test carries, and the extension behind them.
 */
@NullMarked
package dev.foreignarch.jupiter;

import org.jspecify.annotations.NullMarked;
