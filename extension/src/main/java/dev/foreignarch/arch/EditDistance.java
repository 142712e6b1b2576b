package dev.foreignarch.arch;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.util.Arrays;
import org.apiguardian.api.API;

/** How far a name is from another one that was perhaps meant. */
@API(status = INTERNAL, since = "0.2")
public final class EditDistance {

    private EditDistance() {}

    /** Return how many letters must be put in, taken out, replaced, or swapped with the next one. */
    public static int of(String one, String other) {
        int[] beforePrevious = new int[other.length() + 1];
        int[] previous = new int[other.length() + 1];
        Arrays.setAll(previous, column -> column);
        for (int row = 1; row <= one.length(); row++) {
            int[] current = new int[other.length() + 1];
            current[0] = row;
            for (int column = 1; column <= other.length(); column++) {
                boolean same = one.charAt(row - 1) == other.charAt(column - 1);
                int replaced = previous[column - 1] + (same ? 0 : 1);
                current[column] = Math.min(replaced, 1 + Math.min(previous[column], current[column - 1]));
                if (row > 1
                        && column > 1
                        && one.charAt(row - 1) == other.charAt(column - 2)
                        && one.charAt(row - 2) == other.charAt(column - 1)) {
                    current[column] = Math.min(current[column], 1 + beforePrevious[column - 2]);
                }
            }
            beforePrevious = previous;
            previous = current;
        }
        return previous[other.length()];
    }
}
