package dev.foreignarch.engine;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What a lock tells of the JVM that holds it, for the people who wait for it. */
final class LockHolder {

    private LockHolder() {}

    /** Return this JVM, as others are told of it. */
    static String thisJvm() {
        Session session = Session.current();
        return "process " + session.process() + " of the machine " + session.host() + " (user "
                + System.getProperty("user.name") + ", since " + Instant.now().truncatedTo(ChronoUnit.SECONDS) + ")";
    }
}
