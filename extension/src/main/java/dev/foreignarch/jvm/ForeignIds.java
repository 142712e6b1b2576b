package dev.foreignarch.jvm;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.junit.platform.engine.UniqueId;

/**
 * Translates unique IDs of a foreign JVM.
 *
 * <p>There the class is a template, which runs once, on the only architecture that a JVM has. Template and run are both
 * mirrored by the class on its architecture.
 *
 * @param root ID here of the class on its architecture
 * @param foreignRoots IDs there of the class, one for each engine
 */
record ForeignIds(UniqueId root, Collection<UniqueId> foreignRoots) {

    private static final String RUN = "class-template-invocation";

    ForeignIds {
        foreignRoots = List.copyOf(foreignRoots);
    }

    /** Return the ID here, if it is the class or below it. */
    Optional<UniqueId> here(String foreignId) {
        UniqueId id = UniqueId.parse(foreignId);
        return foreignRoots.stream().filter(id::hasPrefix).findFirst().map(foreignRoot -> {
            List<UniqueId.Segment> segments = id.getSegments()
                    .subList(foreignRoot.getSegments().size(), id.getSegments().size());
            boolean run = !segments.isEmpty() && segments.get(0).getType().equals(RUN);
            return ArchitectureMirror.below(root, run ? segments.subList(1, segments.size()) : segments);
        });
    }

    /** Return whether one engine there runs both of these, which are of the class. */
    boolean areOfOneEngine(String one, String other) {
        return UniqueId.parse(one).getEngineId().equals(UniqueId.parse(other).getEngineId());
    }

    /** Return whether this is within the class's only run. JUnit puts the number of that run behind names in reports. */
    boolean isInRun(String foreignId) {
        return foreignRoots.stream().anyMatch(foreignRoot -> foreignId.startsWith(foreignRoot + "/[" + RUN + ":"));
    }
}
