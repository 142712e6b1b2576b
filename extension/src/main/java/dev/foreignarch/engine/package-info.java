/**
 * The container engine and the kernel behind it: its facts, and our own containers and images on it.
 *
 * <p>All that ForeignArch's own containers need of docker-java is here.
 */
@NullMarked
package dev.foreignarch.engine;

import org.jspecify.annotations.NullMarked;
