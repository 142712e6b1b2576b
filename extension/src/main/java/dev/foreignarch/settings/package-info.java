/** Settings as users give them, and the words that they may consist of. */
@NullMarked
package dev.foreignarch.settings;

import org.jspecify.annotations.NullMarked;
