package dev.foreignarch.emulation;

import dev.foreignarch.engine.LoadedImage;
import java.util.Collection;
import java.util.List;

/**
 * The table that a privileged container of ours keeps mounted, on a host that has not mounted it itself.
 *
 * <p>Since Linux 6.7 handlers live only as long as some mount of the table does.
 */
final class HeldTable implements KernelTable {

    private final SharedContainer holder;

    HeldTable(SharedContainer holder) {
        this.holder = holder;
    }

    @Override
    public HandlerTable read() {
        return HandlerTable.parse(holder.run(List.of(HelperImage.HELPER, "table", HelperImage.TABLE)));
    }

    @Override
    public List<Integer> register(List<Handler> handlers, Collection<Emulator> emulators, LoadedImage image) {
        emulators.forEach(emulator -> holder.put(emulator.path(), emulator.content()));
        return change(handlers.stream().map(Change::register).toList());
    }

    @Override
    public List<Integer> change(List<Change> changes) {
        return Change.answers(holder.run(Change.command(changes)), changes.size());
    }
}
