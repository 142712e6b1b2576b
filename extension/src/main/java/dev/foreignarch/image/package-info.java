/**
 * Images of a platform: pulling, verifying and pinning them without moving the user's tags.
 */
@NullMarked
package dev.foreignarch.image;

import org.jspecify.annotations.NullMarked;
