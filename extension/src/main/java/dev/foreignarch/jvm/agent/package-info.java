/**
 * The foreign side: a program that runs JUnit's Launcher in the foreign JVM, and tells what happens.
 */
@NullMarked
package dev.foreignarch.jvm.agent;

import org.jspecify.annotations.NullMarked;
