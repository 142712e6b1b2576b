package dev.foreignarch.jupiter;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import dev.foreignarch.arch.Architecture;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * Tells whether this JVM is one that runs tests of {@link ForeignJvm} classes.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public final class InsideForeignJvm {

    /** System property of a foreign JVM: its architecture, as the test names it. Value: {@value}. */
    public static final String ARCHITECTURE = "foreignarch.jvm.architecture";

    private InsideForeignJvm() {}

    /** Return whether this JVM was started for tests of a foreign architecture. */
    public static boolean isTrue() {
        return name().isPresent();
    }

    /** Return the architecture of this JVM if it was started for tests of a foreign architecture. */
    public static Optional<Architecture> architecture() {
        return name().flatMap(Architecture::find);
    }

    /** Return what the test calls this JVM's architecture. */
    static Optional<String> name() {
        return Optional.ofNullable(System.getProperty(ARCHITECTURE));
    }
}
