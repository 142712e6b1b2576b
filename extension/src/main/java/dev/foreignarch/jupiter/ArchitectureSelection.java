package dev.foreignarch.jupiter;

import static java.util.stream.Collectors.joining;

import dev.foreignarch.arch.Architecture;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The architectures that the user wants to see in this run, out of those that the tests declare.
 *
 * @param wanted the architectures; empty means all
 * @see ForeignArchParameters#ONLY
 */
record ArchitectureSelection(Set<Architecture> wanted) {

    ArchitectureSelection {
        wanted = Set.copyOf(wanted);
    }

    boolean includes(Architecture architecture) {
        return wanted.isEmpty() || wanted.contains(architecture);
    }

    List<DeclaredArchitecture> of(List<DeclaredArchitecture> declared) {
        List<DeclaredArchitecture> selected = new ArrayList<>(declared);
        selected.removeIf(one -> !includes(one.architecture()));
        return selected;
    }

    @Override
    public String toString() {
        return wanted.stream().sorted().map(Architecture::dockerName).collect(joining(", "));
    }
}
