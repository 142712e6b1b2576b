package dev.foreignarch.report;

import static java.util.stream.Collectors.joining;

import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The remarks on a table's cells. A cell shows their numbers, and what they say stands below the table.
 *
 * @param sentences the remarks, each once; the first has number 1
 */
record Marks(List<String> sentences) {

    /** So many stand below a table that is to be read in one go. */
    private static final int MOST = 20;

    /** A cell is narrow. */
    private static final int MOST_NUMBERS = 3;

    /** Return the numbers of some remarks, for example {@code [1][3]}; nothing if there are none. */
    String numbers(Collection<String> marks) {
        List<Integer> indexes =
                marks.stream().distinct().map(sentences::indexOf).sorted().toList();
        return indexes.stream().limit(MOST_NUMBERS).map(Marks::number).collect(joining())
                + (indexes.size() > MOST_NUMBERS ? "..." : "");
    }

    /** Return the remarks behind their numbers, for example {@code [1] also ran native: postgres:15}. */
    List<String> legend() {
        Stream<String> lines = IntStream.range(0, Math.min(MOST, sentences.size()))
                .mapToObj(index -> number(index) + " " + sentences.get(index));
        Stream<String> rest = sentences.size() > MOST
                ? Stream.of("and " + (sentences.size() - MOST) + " more marks, which are in matrix.html")
                : Stream.empty();
        return Stream.concat(lines, rest).toList();
    }

    private static String number(int index) {
        return "[" + (index + 1) + "]";
    }
}
