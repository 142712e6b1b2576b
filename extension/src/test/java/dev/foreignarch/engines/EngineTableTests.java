package dev.foreignarch.engines;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guide's table names the engines that the build tests, and no others. */
class EngineTableTests {

    private final List<String> named =
            TestedEngine.all().stream().map(TestedEngine::name).toList();

    EngineTableTests() throws IOException {}

    @Test
    void each_engine_of_the_table_is_tested_and_the_reverse() throws IOException {
        Stream<String> tested = found("<FOREIGNARCH_ENGINE>(\\w+)</FOREIGNARCH_ENGINE>", Path.of("pom.xml"));

        assertThat(named)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(Stream.of("docker"), tested).toList());
    }

    @Test
    void each_engine_of_the_table_is_set_up_and_the_reverse() throws IOException {
        Stream<String> started = found("readonly ENGINES=\\(([^)]+)\\)", Path.of("..", "host", "engines.sh"))
                .flatMap(names -> Arrays.stream(names.strip().split("\\s+")));

        assertThat(named)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(Stream.of("docker"), started).toList());
    }

    @Test
    void a_row_tells_of_its_version_only() {
        TestedEngine row = row("Docker 26.1, rootless");

        assertThat(row.tells("Docker", "26.1.5+dfsg1")).isTrue();
        assertThat(row.tells("Docker", "26.2.0")).isFalse();
        assertThat(row.tells("Docker", "26.10.0")).isFalse();
        assertThat(row.tells("Podman", "26.1.5")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Docker 28 or newer, as Debian's unstable has it; containerd image store",
                "Docker 28 or newer, as Debian's unstable has it, in Docker: in a privileged container"
            })
    void a_row_of_what_moves_on_tells_of_newer_versions_of_the_same_product(String engine) {
        TestedEngine row = row(engine);

        assertThat(row.tells("Docker", "28.5.2+dfsg3")).isTrue();
        assertThat(row.tells("Docker", "29.0.0~rc1")).isTrue();
        assertThat(row.tells("Docker", "100.0")).isTrue();
        assertThat(row.tells("Docker", "27.5.1")).isFalse();
        assertThat(row.tells("Docker", "3.0")).isFalse();
        assertThat(row.tells("Podman", "29.0.0")).isFalse();
    }

    private static TestedEngine row(String engine) {
        return new TestedEngine(engine, "none", "used", "refused", "nothing");
    }

    private static Stream<String> found(String pattern, Path file) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(file))
                .results()
                .map(EngineTableTests::group);
    }

    private static String group(MatchResult match) {
        return match.group(1);
    }
}
