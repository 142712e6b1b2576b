package dev.foreignarch.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foreignarch.engine.ContainerSpec.HostMount;
import dev.foreignarch.image.NativeImage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A busy engine loses all that a container prints that ends at once: on one with 8 containers at a time, one of 800. The
 * containers here print nothing at first.
 */
@Tag("engine")
class LostOutputTests {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Engine engine = Engine.ofTestcontainers();
    private final String image = NativeImage.of("busybox:1.36");

    @TempDir
    Path runs;

    @Test
    void a_container_whose_output_is_lost_is_run_again() {
        assertThat(engine.run(mute(2, 0), LIMIT).text()).isEqualTo("run 3\n");
        assertThat(runs).isDirectoryContaining("glob:**/3").isDirectoryNotContaining("glob:**/4");
    }

    @Test
    void a_container_that_prints_nothing_is_left_with_that() {
        assertThat(engine.run(mute(9, 0), LIMIT).text()).isEmpty();
        assertThat(runs).isDirectoryContaining("glob:**/3").isDirectoryNotContaining("glob:**/4");
    }

    @Test
    void a_container_that_fails_is_not_run_again() {
        assertThat(engine.run(mute(9, 5), LIMIT).exitCode()).isEqualTo(5);
        assertThat(runs).isDirectoryNotContaining("glob:**/2");
    }

    @Test
    void a_container_that_is_waited_for_is_run_again_too() {
        try (Disposal disposal = new Disposal()) {
            assertThat(engine.runUntil(mute(1, 0), text -> text.contains("run"), LIMIT, disposal))
                    .isEqualTo("run 2\n");
        }
    }

    @Test
    void a_container_that_says_something_else_is_not_run_again() {
        try (Disposal disposal = new Disposal()) {
            assertThatThrownBy(() -> engine.runUntil(mute(0, 0), text -> text.contains("walk"), LIMIT, disposal))
                    .isInstanceOfSatisfying(
                            ContainerEndedException.class,
                            ended -> assertThat(ended.exitCode()).hasValue(0))
                    .hasMessage("run 1\n");
        }
        assertThat(runs).isDirectoryNotContaining("glob:**/2");
    }

    /** A container that counts its runs, and prints something after so many of them. */
    private ContainerSpec mute(int runsBefore, int exitCode) {
        String script = "run=$(($(ls /runs | wc -l) + 1)); : > /runs/$run; [ $run -gt " + runsBefore
                + " ] && echo run $run; exit " + exitCode;
        return ContainerSpec.of(image, List.of("sh", "-c", script))
                .withMount(new HostMount(runs.toString(), "/runs", false));
    }
}
