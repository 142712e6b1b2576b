package dev.foreignarch.jvm.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CarriedClassPathTests {

    private static final String OURS = "/foreignarch/jars/1/foreignarch-junit-jupiter-0.1.0.jar";
    private static final String LAUNCHER = "/foreignarch/jars/2/junit-platform-launcher-1.14.4.jar";
    private static final String API = "/foreignarch/jars/3/junit-jupiter-api-5.14.4.jar";
    private static final String LIBRARY = "/foreignarch/jars/4/zstd-jni-1.5.7.jar";
    private static final String CLASSES = "/foreignarch/classes/0";
    private static final String NAMED_LIKE_IT = "/foreignarch/classes/1/junit-classes";

    @Test
    void junitAndForeignArchCanComeFirst() {
        CarriedClassPath classPath = of(CLASSES, LIBRARY, API, NAMED_LIKE_IT, OURS, LAUNCHER);

        assertThat(classPath.platform()).containsExactly(API, OURS, LAUNCHER);
        assertThat(classPath.platformFirst().entries())
                .containsExactly(API, OURS, LAUNCHER, CLASSES, LIBRARY, NAMED_LIKE_IT);
    }

    @Test
    void whoBuildsForeignArchHasItInADirectory() {
        CarriedClassPath classPath = of(CLASSES, API, LAUNCHER);

        assertThat(classPath.platform()).isEmpty();
        assertThat(classPath.platformFirst()).isEqualTo(classPath);
    }

    private static CarriedClassPath of(String... entries) {
        return new CarriedClassPath(List.of(), List.of(), List.of(entries));
    }
}
