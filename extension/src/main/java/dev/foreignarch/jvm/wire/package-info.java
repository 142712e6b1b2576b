/**
 * What travels between the local JVM and the foreign one, and in which form.
 *
 * <p>Both sides use the same classes, from the same jar. The foreign side's standard output carries frames
 * ({@link dev.foreignarch.jvm.wire.FrameWriter}) that can be told from whatever else a native library, or the JVM
 * itself, prints there. Standard input carries the commands, and its end means: end.
 */
@NullMarked
package dev.foreignarch.jvm.wire;

import org.jspecify.annotations.NullMarked;
