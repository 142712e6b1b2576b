package dev.foreignarch.jupiter;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What happened in test cases, in its order. As an extension of a test, it starts a new page for each. */
final class Journal implements BeforeEachCallback {

    private static final List<String> LINES = new CopyOnWriteArrayList<>();

    @Override
    public void beforeEach(ExtensionContext context) {
        LINES.clear();
    }

    static void note(String line) {
        LINES.add(line);
    }

    static List<String> lines() {
        return List.copyOf(LINES);
    }

    static List<String> linesStartingWith(String prefix) {
        return LINES.stream().filter(line -> line.startsWith(prefix)).toList();
    }
}
