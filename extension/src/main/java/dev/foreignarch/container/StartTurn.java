package dev.foreignarch.container;

import org.jspecify.annotations.Nullable;

/** The slot that a container holds while it starts, if its start is one of those that are counted. */
final class StartTurn {

    private boolean counted;
    private StartSlots.@Nullable Slot slot;

    /** From now on a slot is needed. */
    synchronized void begin() {
        counted = true;
    }

    /** Wait for a slot, unless there is one, or none is needed. */
    synchronized void take(StartSlots slots, String image) {
        if (counted && slot == null) {
            slot = slots.take(image);
        }
    }

    synchronized void end() {
        counted = false;
        if (slot != null) {
            slot.close();
            slot = null;
        }
    }
}
