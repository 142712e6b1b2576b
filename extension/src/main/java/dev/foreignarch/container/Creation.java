package dev.foreignarch.container;

import dev.foreignarch.image.PinnedImage;

/**
 * What a bound container is created of.
 *
 * @param image the image for its platform
 * @param emulation what runs its programs
 */
record Creation(PinnedImage image, ContainerEmulation emulation) {}
