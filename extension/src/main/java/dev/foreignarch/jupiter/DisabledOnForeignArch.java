package dev.foreignarch.jupiter;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Skips a test, or the tests of a class, on some foreign architectures.
 *
 * <p>Tests without an architecture run as if the annotation weren't there.
 *
 * {@snippet lang = java:
 * @Test
 * @DisabledOnForeignArch(value = "s390x", reason = "no native library: 'No native library found for os.arch=s390x'")
 * void roundTrip() { … }
 * }
 *
 * <p>It works for tests in foreign JVMs ({@link ForeignJvm}) and for tests with containers alike. It is inherited, works
 * as a meta-annotation, and can be repeated with other reasons for other architectures. To run such tests all the same, for
 * example to see whether a library has been repaired, set JUnit's parameter
 * {@code junit.jupiter.conditions.deactivate=dev.foreignarch.jupiter.ForeignArchCondition}.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@Repeatable(DisabledOnForeignArch.All.class)
@ExtendWith(ForeignArchCondition.class)
public @interface DisabledOnForeignArch {

    /** Names of the architectures, as {@link dev.foreignarch.arch.Architecture#of(String)} knows them. */
    String[] value();

    /** Why; it becomes the reason of the skipped test. */
    String reason() default "";

    /** Holds several. */
    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @Documented
    @Inherited
    @ExtendWith(ForeignArchCondition.class)
    @interface All {
        /** The annotations. */
        DisabledOnForeignArch[] value();
    }
}
