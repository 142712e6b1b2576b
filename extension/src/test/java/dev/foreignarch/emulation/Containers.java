package dev.foreignarch.emulation;

import static org.awaitility.Awaitility.await;

import dev.foreignarch.engine.PrivateEngine;
import java.time.Duration;

/** The containers of an engine that only tests of this package use. */
final class Containers {

    private Containers() {}

    /** Wait until none runs anymore, those that JVMs share included. */
    static void awaitNone(PrivateEngine host) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> host.client().listContainersCmd().exec().isEmpty());
    }
}
