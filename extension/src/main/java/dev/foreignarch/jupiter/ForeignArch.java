package dev.foreignarch.jupiter;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.ClassTemplate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs a test class, or one test, on foreign CPU architectures.
 *
 * <pre>{@code
 * @ForeignArch({"arm64v8", "arm32v7", "s390x"})
 * class CacheImageTest {
 *
 *     @ForeignContainer("redis:7")
 *     GenericContainer<?> redis;
 *
 *     @Test
 *     void isOfTheArchitecture(Architecture architecture) throws Exception {
 *         assertEquals(architecture.machineName(), redis.execInContainer("uname", "-m").getStdout().strip());
 *     }
 * }
 * }</pre>
 *
 * The tests themselves run in the JVM that runs all tests; the <em>containers</em> that they use, which
 * {@link ForeignContainer} declares, run on the architecture. Where the engine's processor doesn't have the
 * architecture, its kernel starts an emulator, QEMU, which ForeignArch registers when it is missing. One test on one
 * architecture has one result.
 *
 * <h2>On a class</h2>
 *
 * All tests of the class run once on each of the architectures, in their order: those with {@code @Test},
 * {@code @ParameterizedTest}, {@code @RepeatedTest} and {@code @TestFactory}, and those of {@code @Nested} classes.
 * Reports show the tests of an architecture below its name, as it is written here. Methods with {@code @BeforeAll} and
 * {@code @AfterAll} run once for all architectures together; those of {@code @Nested} classes run on each.
 *
 * <h2>On a method</h2>
 *
 * One test runs on one architecture, whatever kind of test it is:
 *
 * <pre>{@code
 * @Test
 * @ForeignArch("s390x")
 * void writesBigEndian(@ForeignContainer("tool:1") GenericContainer<?> tool) { … }
 * }</pre>
 *
 * For several architectures there is {@link ForeignArchTest}. Other tests of the class are not concerned.
 *
 * <h2>Parameters</h2>
 *
 * A test, a constructor and a method with {@code @BeforeEach} or {@code @AfterEach} may take the architecture as a
 * parameter of type {@link dev.foreignarch.arch.Architecture}, and containers with {@link ForeignContainer}. A method
 * with {@code @BeforeAll} or {@code @AfterAll}, and the constructor of a class with {@code Lifecycle.PER_CLASS}, may take
 * the architecture if the class names only one.
 *
 * <h2>Inheritance and meta-annotations</h2>
 *
 * Subclasses inherit the annotation of a class. An annotation may carry it, for classes and for methods:
 *
 * <pre>{@code
 * @Retention(RetentionPolicy.RUNTIME)
 * @ForeignArch({"arm32v7", "arm64v8"})
 * @interface OnArm {}
 * }</pre>
 *
 * All tests have the tag {@code foreign-arch}, so that a build can leave them out.
 *
 * <h2>When a test passes</h2>
 *
 * If it used its architecture: a container bound to it, a program for it, or the architecture as a parameter, of the test or
 * of what surrounds it. One that used nothing of it would pass anywhere, and fails; see {@link ForeignArchParameters#UNUSED}.
 *
 * <h2>When an architecture can't run</h2>
 *
 * Each of its tests fails, with what is wrong and what to do; or each is skipped with that reason, if
 * {@value ForeignArchParameters#UNAVAILABLE} says so. A test that fails carries a suppressed exception that tells the
 * architecture, the emulator and the images, and the logs of its containers are published beside it.
 *
 * <h2>Limits</h2>
 *
 * Refused, with a remedy, are: an unknown, blank or repeated name; several architectures beside {@code @Test} and its
 * like; the annotation on a class and again on a method or a nested class inside; the annotation beside
 * {@code @ParameterizedClass} (which works on a nested class inside). Without any test annotation beside it, JUnit does
 * not see a method at all; ForeignArch tells of it only if it has other tests of that class to run.
 *
 * <h2>Requirements</h2>
 *
 * JUnit 5.14.4 or 6.1 and newer, <em>or</em> Surefire 3.6.0 and newer: either is enough. An older JUnit, also 6.0, with an
 * older Surefire takes the architectures of a test for repetitions of it: with {@code rerunFailingTestsCount}, a test that
 * fails on one architecture and passes on another is then reported as flaky, and <strong>the build passes</strong>.
 *
 * @see ForeignArchParameters
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ClassTemplate
@Tag("foreign-arch")
@ExtendWith({ForeignArchExtension.class, CellUseExtension.class})
public @interface ForeignArch {

    /**
     * Names of the architectures, as {@link dev.foreignarch.arch.Architecture#of(String)} knows them: {@code arm32v7},
     * {@code linux/arm/v7} or {@code armhf}.
     */
    String[] value();

    /**
     * Model of the CPU, in QEMU's words, for example {@code arm1176}, so that a program that needs newer instructions fails
     * as it would on the device. For one architecture only. By default programs ({@link ForeignProgram}) for arm32v5 and
     * arm32v6 get {@code arm926} and {@code arm1176}, and all else QEMU's usual model, which knows all instructions.
     *
     * <p>A container finds the model in its variable {@code QEMU_CPU}, unless it has one of its own. Where something else
     * than QEMU runs the architecture, QEMU is put before the command, as for {@link
     * dev.foreignarch.emulation.EmulationMode#EXPLICIT}.
     */
    String cpu() default "";
}
