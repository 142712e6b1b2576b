package dev.foreignarch.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names that tell the tests of a class apart, where their authors gave several the same. */
final class RowNames {

    /** Orders unique IDs, the tenth invocation behind the ninth. */
    static final Comparator<String> BY_ID =
            Comparator.comparing(RowNames::comparable).thenComparing(Comparator.naturalOrder());

    private static final Pattern NUMBER = Pattern.compile("#(\\d{1,9})");

    private RowNames() {}

    private static String comparable(String id) {
        return NUMBER.matcher(id)
                .replaceAll(found -> Matcher.quoteReplacement(
                        "#" + "0".repeat(9 - found.group(1).length()) + found.group(1)));
    }

    /**
     * Number the second and any further of equal names.
     *
     * @param names the names, in an order that is the same in each run
     * @return names of which no two are the same
     */
    static List<String> distinct(List<String> names) {
        Set<String> taken = new HashSet<>(names);
        Set<String> seen = new HashSet<>();
        List<String> distinct = new ArrayList<>();
        for (String name : names) {
            String free = name;
            for (int number = 2; !seen.add(free); number++) {
                String numbered = name + " (" + number + ")";
                free = taken.add(numbered) ? numbered : free;
            }
            distinct.add(free);
        }
        return distinct;
    }
}
