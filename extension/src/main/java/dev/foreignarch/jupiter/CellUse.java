package dev.foreignarch.jupiter;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What is to be remarked on a cell. It is in JUnit's store, and dynamic tests find that of their factory. */
final class CellUse {

    private final Set<String> marks = new LinkedHashSet<>();

    /** Return the use of the cell that a context belongs to. */
    static CellUse of(ExtensionContext context) {
        return context.getStore(ForeignArchExtension.NAMESPACE)
                .getOrComputeIfAbsent(CellUse.class, key -> new CellUse(), CellUse.class);
    }

    /** Remark on the cell. */
    synchronized void mark(String remark) {
        marks.add(remark);
    }

    /** Return the remarks on the cell. */
    synchronized List<String> marks() {
        return List.copyOf(marks);
    }
}
