package dev.foreignarch.report;

/** What became of a test on an architecture. */
enum Outcome {
    PASSED("pass", "✓"),
    FAILED("FAIL", "✗"),
    SKIPPED("skip", "–");

    private final String word;
    private final String sign;

    Outcome(String word, String sign) {
        this.word = word;
        this.sign = sign;
    }

    /** Return the outcome as one short word. */
    String word() {
        return word;
    }

    /** Return the outcome as one character. */
    String sign() {
        return sign;
    }
}
