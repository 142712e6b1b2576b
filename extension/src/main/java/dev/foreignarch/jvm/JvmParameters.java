package dev.foreignarch.jvm;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import org.apiguardian.api.API;

/**
 * JUnit configuration parameters for {@link dev.foreignarch.jupiter.ForeignJvm} classes: in
 * {@code junit-platform.properties}, or as system properties of the JVM that starts the tests.
 *
 * <p>{@code foreignarch.only}, {@code foreignarch.unavailable} and the parameters of emulation mean what they mean for
 * all tests of foreign architectures.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public final class JvmParameters {

    /**
     * Image with a {@code java} on its path, for classes that name none. By default
     * {@code eclipse-temurin:<version>-jre} with the version of the JVM that starts the tests. Value: {@value}.
     *
     * <p>With a dot and an architecture behind it, it is for that architecture alone, for example
     * {@code foreignarch.jvm.image.arm32v7=eclipse-temurin:17-jre}.
     */
    public static final String IMAGE = "foreignarch.jvm.image";

    /**
     * Arguments for foreign JVMs, separated by blanks, for example {@code -Xmx512m -XX:TieredStopAtLevel=4}. They come
     * after ForeignArch's own, and win. Value: {@value}.
     */
    public static final String ARGUMENTS = "foreignarch.jvm.arguments";

    /**
     * Names of the system properties that foreign JVMs get from this one, separated by commas; {@code *} at the end of
     * a name stands for anything, as in {@code db.*}. None by default. Value: {@value}.
     */
    public static final String PROPERTIES = "foreignarch.jvm.properties";

    /**
     * How long a foreign JVM may work on one test without a result: a number of seconds, or an ISO-8601 duration. After
     * that the test fails with what its threads were doing, and a new JVM runs the others. Default: {@code PT10M}.
     * Value: {@value}.
     */
    public static final String TIMEOUT = "foreignarch.jvm.timeout";

    /**
     * Network of the foreign JVMs' containers: {@code none}, {@code host}, or the name of one on the engine. By default
     * it is the engine's own, which reaches the internet, and {@code host.docker.internal} is the engine's machine.
     * Value: {@value}.
     */
    public static final String NETWORK = "foreignarch.jvm.network";

    /**
     * Whether foreign JVMs wait for a debugger ({@code true}); where to attach it is printed. There is no time limit
     * then. Value: {@value}.
     */
    public static final String DEBUG = "foreignarch.jvm.debug";

    /**
     * Whether JUnit's classes are kept on the engine in the form in which a JVM has them in memory ({@code true}). Foreign
     * JVMs then start in two thirds of the time; the first one of an image waits some five seconds until they are made.
     * That pays where the same engine runs tests again and again, and not on a CI machine that is new each time. JUnit and
     * ForeignArch come before everything else on the class path then. By default {@code false}. Value: {@value}.
     */
    public static final String ARCHIVE = "foreignarch.jvm.archive";

    /** For ForeignArch's own tests: {@code process} runs the tests in a JVM of this machine. */
    static final String LAUNCHER = "foreignarch.jvm.launcher";

    private JvmParameters() {}
}
