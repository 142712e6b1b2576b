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
