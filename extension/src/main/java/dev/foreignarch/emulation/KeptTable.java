package dev.foreignarch.emulation;

import dev.foreignarch.engine.LoadedImage;
import java.util.Collection;
import java.util.List;

/** The table that an engine's host has mounted, read in the keeper, which runs anyway: that needs no new container. */
final class KeptTable implements KernelTable {

    private final HeldTable keepers;
    private final MountedTable mounted;

    KeptTable(SharedContainer keeper, MountedTable mounted) {
        this.keepers = new HeldTable(keeper);
        this.mounted = mounted;
    }

    @Override
    public HandlerTable read() {
        return keepers.read();
    }

    /** The keeper has no place for emulators: its file system can't be written. */
    @Override
    public List<Integer> register(List<Handler> handlers, Collection<Emulator> emulators, LoadedImage withEmulators) {
        return mounted.register(handlers, emulators, withEmulators);
    }

    @Override
    public List<Integer> change(List<Change> changes) {
        return keepers.change(changes);
    }
}
