package dev.foreignarch.jupiter;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import dev.foreignarch.emulation.EmulationMode;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A native program that runs on the architecture of the test, which {@link ForeignArch} or {@link ForeignArchTest} names.
 *
 * <pre>{@code
 * @ForeignArch({"arm32v7", "ppc64le", "s390x"})
 * class GreetTest {
 *
 *     @ForeignProgram("build/{debian}/greet")
 *     Program greet;
 *
 *     @Test
 *     void greets() {
 *         ProgramResult result = greet.run("--name", "Ada");
 *         assertEquals("Hello, Ada", result.stdout().strip());
 *     }
 * }
 * }</pre>
 *
 * The field or parameter has the type {@link dev.foreignarch.program.Program}. Each test gets one of its own, with an
 * empty directory; all of an architecture and image share a container, so that a run is cheap.
 *
 * <p>Where no handler can be registered in the kernel's table, an emulator is put before the command instead, and
 * everything works but what the program starts in its turn. With {@value ForeignArchParameters#ENGINE} {@code none} a
 * static program runs without any container engine, by the QEMU of the JVM's own machine.
 *
 * <h2>Limits</h2>
 *
 * Refused, with a remedy, are: a field or parameter of another type; a static or final field; a blank path; a parameter
 * of {@code @BeforeAll} or {@code @AfterAll}; a field in a class where nothing has an architecture, and a parameter of a
 * test that has none. A file that is no program for the architecture fails the test, with what it is.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@ExtendWith({ForeignArchExtension.class, CellUseExtension.class, AbsentFields.class})
public @interface ForeignProgram {

    /**
     * Path of the program's file, absolute or relative to the working directory of the tests. In it stand
     * <code>{docker}</code> ({@code arm32v7}), <code>{debian}</code> ({@code armhf}), <code>{platform}</code>
     * ({@code linux/arm/v7}) and <code>{qemu}</code> ({@code arm}) for the names of the architecture.
     */
    String value();

    /** Name of an image that has the libraries of a dynamic program, as in {@code docker pull}; a static one needs none. */
    String image() default "";

    /** How the program is emulated. */
    EmulationMode emulation() default EmulationMode.AUTOMATIC;
}
