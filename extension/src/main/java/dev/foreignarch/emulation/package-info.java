/**
 * What an engine's kernel can run: probing it, registering emulators in binfmt_misc, and telling what is wrong.
 */
@NullMarked
package dev.foreignarch.emulation;

import org.jspecify.annotations.NullMarked;
