package dev.foreignarch.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Tells the builds of a daemon apart, which nothing but what they run does: within a build no class is run by two test
 * tasks. Where a class comes again, another build has begun; and it began where the daemon rested longest between the
 * two.
 */
final class Builds {

    private Builds() {}

    /**
     * A run.
     *
     * @param folder where its results are
     * @param start when it began, in milliseconds
     * @param end when it ended, in milliseconds
     * @param classes the classes that it has run, with their modules
     */
    record Span(Path folder, long start, long end, Set<String> classes) {}

    /** Return the runs of the build that one of them belongs to, in the order of their start. */
    static List<Span> around(Path mine, List<Span> runs) {
        List<Span> build = new ArrayList<>();
        for (Span next : inOrder(runs)) {
            int repeated = lastWithClassOf(next, build);
            if (repeated >= 0) {
                int begun = longestRest(repeated + 1, build, next);
                List<Span> before = build.subList(0, begun);
                if (before.stream().anyMatch(span -> span.folder().equals(mine))) {
                    return List.copyOf(before);
                }
                build = new ArrayList<>(build.subList(begun, build.size()));
            }
            build.add(next);
        }
        return List.copyOf(build);
    }

    /** Return runs in the order of their start. */
    static List<Span> inOrder(List<Span> runs) {
        return runs.stream().sorted(Comparator.comparingLong(Span::start)).toList();
    }

    private static int lastWithClassOf(Span next, List<Span> build) {
        int index = build.size() - 1;
        while (index >= 0 && Collections.disjoint(build.get(index).classes(), next.classes())) {
            index--;
        }
        return index;
    }

    private static int longestRest(int first, List<Span> build, Span next) {
        List<Span> all = new ArrayList<>(build);
        all.add(next);
        int longest = build.size();
        for (int index = build.size() - 1; index >= first; index--) {
            if (restBefore(index, all) > restBefore(longest, all)) {
                longest = index;
            }
        }
        return longest;
    }

    private static long restBefore(int index, List<Span> all) {
        long end = all.subList(0, index).stream().mapToLong(Span::end).max().orElse(0);
        return all.get(index).start() - end;
    }
}
