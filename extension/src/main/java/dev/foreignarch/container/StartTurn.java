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

    /** Wait for a slot, unless there is one, or none is needed. Whoever ends the turn meanwhile does not wait. */
    void take(StartSlots slots, String image) {
        if (isNeeded()) {
            keep(slots.take(image));
        }
    }

    private synchronized boolean isNeeded() {
        return counted && slot == null;
    }

    private synchronized void keep(StartSlots.Slot taken) {
        if (isNeeded()) {
            slot = taken;
        } else {
            taken.close();
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
