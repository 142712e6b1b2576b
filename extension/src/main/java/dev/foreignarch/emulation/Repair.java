package dev.foreignarch.emulation;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.emulation.KernelTable.Change;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Decides what must be changed in the kernel's table before an architecture can run, or a working emulator can be
 * registered for it.
 *
 * <p>Handlers that are not QEMU's are never touched. Nor are handlers for architectures that run: those are not asked
 * about.
 */
final class Repair {

    private Repair() {}

    /**
     * Return the next changes. After them a probe must tell who still does not run, and the question can be asked again.
     *
     * @param failing architectures that don't run
     * @return the changes; none if there is nothing that a repair could do
     */
    static List<Change> next(HandlerTable table, Collection<Architecture> failing) {
        if (!table.enabled()) {
            return List.of(Change.switchOn(HandlerTable.STATUS));
        }
        List<Change> changes = new ArrayList<>();
        failing.forEach(architecture -> next(table, architecture)
                .filter(change -> !changes.contains(change))
                .ifPresent(changes::add));
        return changes;
    }

    private static Optional<Change> next(HandlerTable table, Architecture architecture) {
        Optional<Handler> used = table.effective(architecture.elf());
        if (used.isPresent()) {
            return used.filter(Handler::isQemu).map(Change::remove);
        }
        Optional<Handler> disabled = table.matching(architecture.elf()).stream()
                .filter(Handler::isQemu)
                .findFirst();
        if (disabled.isPresent()) {
            return disabled.map(handler -> Change.switchOn(handler.name()));
        }
        return table.named(Handler.name(architecture)).filter(Handler::isQemu).map(Change::remove);
    }
}
