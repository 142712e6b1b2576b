/**
 * Starts JVMs with the class path of this one: in containers of an architecture, or as processes of this machine.
 */
@NullMarked
package dev.foreignarch.jvm.launch;

import org.jspecify.annotations.NullMarked;
