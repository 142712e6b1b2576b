package dev.foreignarch.jupiter;

import dev.foreignarch.program.Program;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The programs of a test, by what they are for. They are ended when JUnit closes the store of the test. */
final class ProgramScope implements AutoCloseable {

    private final Map<String, Program> programs = new LinkedHashMap<>();

    /** Return the scope of a test. */
    static ProgramScope ofTest(ExtensionContext context) {
        return context.getStore(ForeignArchExtension.NAMESPACE)
                .getOrComputeIfAbsent(ProgramScope.class, key -> new ProgramScope(), ProgramScope.class);
    }

    /** Return the programs of a test; none if it has none. */
    static Map<String, Program> find(ExtensionContext context) {
        return Optional.ofNullable(
                        context.getStore(ForeignArchExtension.NAMESPACE).get(ProgramScope.class, ProgramScope.class))
                .map(ProgramScope::programs)
                .orElse(Map.of());
    }

    synchronized Program add(String purpose, Program program) {
        programs.put(purpose, program);
        return program;
    }

    private synchronized Map<String, Program> programs() {
        return new LinkedHashMap<>(programs);
    }

    @Override
    public void close() {
        Collection<Program> ended = programs().values();
        ended.forEach(Program::close);
    }
}
