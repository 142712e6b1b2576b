package dev.foreignarch.jupiter;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs the tests of a class inside JVMs of the architectures that {@link ForeignArch} names.
 *
 * <p>The class's whole life happens there, driven by the same JUnit with the same class path: static initializers,
 * constructors, {@code @BeforeAll} to {@code @AfterAll}, extensions, nested, parameterized, repeated and dynamic tests.
 * Nothing of it happens in the JVM that started the tests, which only shows the results. So {@code os.arch} and
 * {@link java.nio.ByteOrder#nativeOrder()} are those of the architecture, and a library's native code for that
 * architecture is loaded.
 *
 * {@snippet lang = java:
 * @ForeignArch({"s390x", "arm64v8"})
 * @ForeignJvm
 * class CodecTests {
 *     @Test
 *     void roundTrip() {
 *         assertEquals(input, decode(encode(input)));
 *     }
 * }
 * }
 *
 * <p>Each row of a report names the architecture: {@code roundTrip[s390x]}.
 *
 * <p><b>Where.</b> On a top-level class or a static nested one, beside {@link ForeignArch} or an annotation that carries
 * it; it is inherited, and works as a meta-annotation. A test method can't have it, and neither can an inner class: one
 * JVM runs a class from its beginning to its end.
 *
 * <p><b>The JVM.</b> One for each architecture, kept for all classes that want the same. It ends with the tests, and
 * with the JVM that started them. By default it is {@code eclipse-temurin:<version>-jre} with the version of the JVM
 * that starts the tests, with settings that make short runs fast under emulation: the serial collector, and only the
 * first of HotSpot's two compilers.
 *
 * <p><b>What is there.</b> The class path; system properties that {@code foreignarch.jvm.properties} names, time zone,
 * language and country; no environment variables; an empty working directory, with the {@link #files()} that the class
 * asks for. The network is that of a container;
 * {@code host.docker.internal} is the engine's machine, where the ports of other containers are.
 *
 * <p><b>Limits.</b> {@link ForeignContainer} and {@link ForeignProgram} are refused in such a class, on fields and on
 * parameters. Agents and flags of the local JVM don't travel, apart from {@code -ea}, {@code --add-opens},
 * {@code --add-exports}, {@code --add-modules}, {@code --enable-native-access} and {@code --enable-preview}. There must be
 * a handler for the architecture in the kernel's table, or it must be possible to register one. Modules become part of
 * the class path. Needs JUnit's Launcher, as Maven, Gradle and IDEs use it.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(ForeignJvmExtension.class)
public @interface ForeignJvm {

    /**
     * Image with a {@code java} of version 17 or later on its path. It beats the configuration parameter
     * {@code foreignarch.jvm.image}, which decides by default, and then {@code eclipse-temurin:<version>-jre}.
     */
    String image() default "";

    /**
     * More arguments for the JVM, after those of the configuration parameter {@code foreignarch.jvm.arguments}, and so
     * stronger.
     */
    String[] arguments() default {};

    /**
     * Files and directories that the tests read from their working directory, by their path relative to the local
     * working directory, for example {@code src/test/data}.
     */
    String[] files() default {};
}
