package dev.foreignarch.jupiter;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs one test method once on each of several CPU architectures. It stands in place of {@code @Test}.
 *
 * <pre>{@code
 * @ForeignArchTest({"arm64v8", "s390x"})
 * void startsEverywhere(Architecture architecture, @ForeignContainer("redis:7") GenericContainer<?> redis) { … }
 * }</pre>
 *
 * Reports show an invocation by the name of its architecture, as it is written here. Each invocation has an instance of
 * the class and containers of its own, and methods with {@code @BeforeEach} and {@code @AfterEach} around it. What
 * {@link ForeignArch} says of parameters, meta-annotations, the tag, unavailable architectures and requirements holds
 * here too.
 *
 * <h2>Limits</h2>
 *
 * Refused, with a remedy, are: an unknown, blank or repeated name; another test annotation beside it, such as
 * {@code @Test}, {@code @ParameterizedTest} or {@code @RepeatedTest} (they work in a class with {@link ForeignArch}); a
 * class with {@link ForeignArch} around it; a static field with {@link ForeignContainer} in its class.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@TestTemplate
@Tag("foreign-arch")
@ExtendWith({ForeignArchExtension.class, CellUseExtension.class})
public @interface ForeignArchTest {

    /**
     * Names of the architectures, as {@link dev.foreignarch.arch.Architecture#of(String)} knows them: {@code arm32v7},
     * {@code linux/arm/v7} or {@code armhf}.
     */
    String[] value();
}
