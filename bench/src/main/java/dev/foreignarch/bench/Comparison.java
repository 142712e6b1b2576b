package dev.foreignarch.bench;

import java.time.Duration;

/**
 * One thing done in two ways.
 *
 * @param what what ForeignArch does
 * @param against what one would do without it
 * @param goal how long the first may take, as a multiple of the second
 * @param ours the first
 * @param theirs the second
 */
record Comparison(String what, String against, double goal, Contender ours, Contender theirs) {

    /** Something that takes time, and can be done again. */
    @FunctionalInterface
    interface Contender {

        /** Do it, and return how long it took. */
        Duration once() throws Exception;
    }

    /** Do both in turns, and take turns in who begins: what slows the machine down meanwhile slows both. */
    Outcome rounds(int rounds) throws Exception {
        Sample our = new Sample();
        Sample their = new Sample();
        for (int round = 0; round < rounds; round++) {
            if (round % 2 == 0) {
                our.add(ours.once());
                their.add(theirs.once());
            } else {
                their.add(theirs.once());
                our.add(ours.once());
            }
            System.out.printf("  %d/%d  %s  %s%n", round + 1, rounds, our.last(), their.last());
        }
        return new Outcome(this, our, their);
    }

    /** What came out of it. */
    record Outcome(Comparison comparison, Sample ours, Sample theirs) {

        double ratio() {
            return ours.median() / theirs.median();
        }

        String row() {
            return "| %s | %s | %s | %s | %.2f | %.2f |%s"
                    .formatted(
                            comparison.what(),
                            comparison.against(),
                            ours,
                            theirs,
                            ratio(),
                            comparison.goal(),
                            ratio() <= comparison.goal() ? " yes |" : " **no** |");
        }
    }
}
