package dev.foreignarch.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A Maven module whose test classes have been generated.
 *
 * @param directory the module
 * @param classes where the classes are
 */
record GeneratedModule(Path directory, Path classes) {

    /** Let Surefire run all of the classes; some of their tests fail. */
    void test(String... arguments) throws IOException, InterruptedException {
        Files.writeString(directory.resolve("pom.xml"), pom());
        Path log = directory.resolve("maven.log");
        List<String> command = new ArrayList<>(List.of("mvn", "-o", "-q", "-B", "surefire:test", "-Dtest=*C*"));
        command.addAll(List.of(arguments));
        Process maven = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(maven.waitFor(5, TimeUnit.MINUTES)).isTrue();
        } finally {
            maven.destroyForcibly();
        }
        assertThat(directory.resolve("target/surefire-reports"))
                .as(Files.readString(log))
                .isDirectory();
    }

    private String pom() throws IOException {
        try (var template = GeneratedModule.class.getResourceAsStream("/surefire-pom.xml")) {
            return new String(template.readAllBytes(), UTF_8)
                    .replace("@testClasses@", classes.toString())
                    .replace(
                            "@classPath@",
                            Arrays.stream(CompiledClasses.classPath().split(File.pathSeparator))
                                    .map(path ->
                                            "<additionalClasspathElement>" + path + "</additionalClasspathElement>")
                                    .collect(joining("\n")));
        }
    }
}
