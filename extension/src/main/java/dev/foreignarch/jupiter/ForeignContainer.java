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
 * A container that runs on the architecture of the test, which {@link ForeignArch} or {@link ForeignArchTest} names.
 *
 * <pre>{@code
 * @ForeignArch({"arm64v8", "ppc64le"})
 * class OrdersTest {
 *
 *     @ForeignContainer
 *     static PostgreSQLContainer database = new PostgreSQLContainer("postgres:15");
 *
 *     @ForeignContainer("redis:7")
 *     GenericContainer<?> cache;
 *
 *     @Test
 *     void replicates(@ForeignContainer("redis:7") GenericContainer<?> replica) { … }
 * }
 * }</pre>
 *
 * <h2>Which container</h2>
 *
 * <ul>
 *   <li>With the name of an image, ForeignArch makes the container, with the ports that the image declares. The field or
 *       parameter has the type {@code GenericContainer<?>}, and the field no value.
 *   <li>Without, the field holds a container of the user's own, of any type of Testcontainers, that is not started.
 *       ForeignArch sets its image pull policy, which replaces one that the user has set.
 * </ul>
 *
 * <h2>How long it lives</h2>
 *
 * <ul>
 *   <li>Of an instance field: for one test. It is started before methods with {@code @BeforeEach}, and stopped after those
 *       with {@code @AfterEach}.
 *   <li>Of a static field: for the tests of a class on one architecture, which share it. It is started anew for each
 *       architecture, and not there yet in {@code @BeforeAll}.
 *   <li>Of a parameter of a test, a constructor, or a method with {@code @BeforeEach} or {@code @AfterEach}: until the end
 *       of the test. Each parameter has a container of its own.
 * </ul>
 *
 * After that a field that names an image is null again. Fields of superclasses and of the classes around a
 * {@code @Nested} class count as if they were the class's own; they may be private. The order in which containers of
 * fields start is not the order of the source: where one needs another, say so with
 * {@code GenericContainer.dependsOn}. A container that is nobody's field, but that one of a field depends on, runs on the
 * architecture of the test, too, and lives as long; unless it has been started, or the user has bound it.
 *
 * <p>If a container does not start, each test that uses it fails of that.
 *
 * <h2>Inheritance and meta-annotations</h2>
 *
 * An annotation may carry it, such as {@code @Redis} for {@code @ForeignContainer("redis:7")}.
 *
 * <h2>Limits</h2>
 *
 * Refused, with a remedy, are: a field or parameter of another type, such as a {@code ComposeContainer}; a field with both
 * an image and a container, or with neither; what is no name of an image, or names a parameter that has no value; a
 * container that is started already, also by Testcontainers' {@code @Container}; a static field in a class
 * whose methods name the architecture; a static field in a class whose architectures run at the same time, and an
 * instance field where the tests of a single instance ({@code Lifecycle.PER_CLASS}) do; a parameter of
 * {@code @BeforeAll} or {@code @AfterAll}. A container of the user's own that is static, or in a class with
 * {@code Lifecycle.PER_CLASS}, is one object that is started several times.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@ExtendWith({ForeignArchExtension.class, CellUseExtension.class, AbsentFields.class})
public @interface ForeignContainer {

    /**
     * Name of the image, as in {@code docker pull}; left out on a field that holds a container of its own.
     *
     * <p>In it {@code {docker}} ({@code arm32v7}), {@code {debian}} ({@code armhf}), {@code {qemu}} ({@code arm}) and
     * {@code {platform}} ({@code linux/arm/v7}) stand for the architecture's names, and <code>${name}</code> for the value
     * of a configuration parameter of JUnit, or else of a system property: <code>app:${project.version}-{docker}</code>.
     */
    String value() default "";

    /**
     * How the container's program is emulated.
     *
     * <p>An emulator that is put before the command runs one program: a container that starts with a script of a shell is
     * refused, and what a test runs in the container by {@code execInContainer} needs a handler.
     */
    EmulationMode emulation() default EmulationMode.AUTOMATIC;
}
