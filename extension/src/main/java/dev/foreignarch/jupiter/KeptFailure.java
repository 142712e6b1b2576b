package dev.foreignarch.jupiter;

/**
 * A failure that is not thrown where it happened, but in each test that suffers from it.
 *
 * @param cause what was thrown
 */
record KeptFailure(Throwable cause) {

    /**
     * Throw the failure in a test.
     *
     * @return never; lets the caller write {@code throw failure.again()}
     */
    Exception again() throws Exception {
        if (cause instanceof Error error) {
            throw error;
        }
        throw (Exception) cause;
    }
}
