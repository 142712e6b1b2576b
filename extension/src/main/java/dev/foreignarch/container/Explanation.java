package dev.foreignarch.container;

import java.util.Optional;

/**
 * Why a container did not start.
 *
 * @param happened what happened
 * @param remedy what to try
 */
record Explanation(String happened, String remedy) {

    static Optional<Explanation> of(String happened, String remedy) {
        return Optional.of(new Explanation(happened, remedy));
    }
}
