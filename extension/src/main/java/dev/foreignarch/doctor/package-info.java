/** The command line that tells what an engine can run, registers emulators and removes them. */
@NullMarked
package dev.foreignarch.doctor;

import org.jspecify.annotations.NullMarked;
