package dev.foreignarch.emulation;

import dev.foreignarch.arch.Architecture;

/**
 * A static QEMU user-mode emulator.
 *
 * @param target the architecture that it emulates, in QEMU's words
 * @param content the program, for the engine's own architecture
 * @param origin where it was found, for people
 */
record Emulator(String target, byte[] content, String origin) {

    /** Return the path that the kernel's table shows. Other tools know QEMU by such a path. */
    String path() {
        return path(target);
    }

    static String path(Architecture architecture) {
        return path(architecture.qemuTarget());
    }

    private static String path(String target) {
        return "/usr/bin/qemu-" + target + "-static";
    }
}
