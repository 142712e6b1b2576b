package dev.foreignarch.emulation;

import java.util.List;

/** The table as it is in a container of ours that runs anyway: to look at it or to write to it needs no new one. */
final class SharedTable implements KernelTable {

    private final SharedContainer container;

    SharedTable(SharedContainer container) {
        this.container = container;
    }

    @Override
    public HandlerTable read() {
        return HandlerTable.parse(container.run(READ));
    }

    @Override
    public List<Integer> change(List<Change> changes) {
        return Change.answers(container.run(Change.command(changes)), changes.size());
    }
}
