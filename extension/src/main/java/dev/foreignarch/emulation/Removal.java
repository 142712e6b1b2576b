package dev.foreignarch.emulation;

import dev.foreignarch.emulation.KernelTable.Change;
import dev.foreignarch.emulation.Registrar.Turn;
import dev.foreignarch.engine.EngineException;
import java.util.List;

/** Removes the handlers that ForeignArch has registered, in this JVM or before, and no others. */
final class Removal {

    private final Registrar registrar;

    Removal(Registrar registrar) {
        this.registrar = registrar;
    }

    /**
     * Remove them.
     *
     * @param table the table that the engine's host has mounted, or that a container of ours keeps mounted
     * @return names of the handlers that were removed
     */
    List<String> from(KernelTable table) {
        HandlerTable shown = table.read();
        // In a user namespace there is nothing to find where nothing is mounted, but a table to borrow no more.
        return shown.state() == HandlerTable.State.UNMOUNTED && !shown.namespaced()
                ? fromUnmounted()
                : remove(table, shown);
    }

    /** The host may be a container itself, and the table mounted on the machine around it: then handlers outlive us. */
    private List<String> fromUnmounted() {
        Turn turn;
        try {
            turn = registrar.takeTurn(false, true);
        } catch (TableNotMountedException noTable) {
            return List.of();
        } catch (EngineException refused) {
            throw new EngineException(
                    "The engine's host has not mounted binfmt_misc, the kernel's table of emulators. Only a privileged"
                            + " container can look whether there is one of ForeignArch's in it, and the engine does not run"
                            + " one: " + refused.getMessage()
                            + ". Mount the table on the engine's host, and try again: sudo"
                            + " mount -t binfmt_misc binfmt_misc " + HandlerTable.PATH,
                    refused);
        }
        try (turn) {
            return remove(turn.table(), turn.table().read());
        }
    }

    private static List<String> remove(KernelTable table, HandlerTable shown) {
        List<Handler> handlers =
                shown.handlers().stream().filter(Handler::isOurs).toList();
        if (handlers.isEmpty()) {
            return List.of();
        }
        List<Integer> answers =
                table.change(handlers.stream().map(Change::remove).toList());
        List<String> names = handlers.stream().map(Handler::name).toList();
        for (int index = 0; index < names.size(); index++) {
            // ENOENT: somebody else was faster.
            if (answers.get(index) != 0 && answers.get(index) != Errno.ENOENT) {
                throw new EngineException(
                        "the kernel does not let " + names.get(index) + " be removed: "
                                + Errno.describe(answers.get(index)),
                        null);
            }
        }
        return names;
    }
}
