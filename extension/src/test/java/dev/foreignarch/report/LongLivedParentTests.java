package dev.foreignarch.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds of a daemon, with the machine's Maven, Surefire and the JVMs that it starts: each has a table of its own. */
@Tag("engine") // It needs none, but Maven takes longer than a unit test may.
class LongLivedParentTests {

    private static final String SOUND = """
            package generated;
            @dev.foreignarch.jupiter.ForeignArch({"arm32v7", "s390x"})
            @org.junit.jupiter.api.extension.ExtendWith(dev.foreignarch.jupiter.FakeHost.Installation.class)
            class SoundTests {
              @org.junit.jupiter.api.Test void sound(dev.foreignarch.arch.Architecture any) {}
            }
            """;

    private static final String BROKEN = """
            package generated;
            @dev.foreignarch.jupiter.ForeignArch({"arm32v7", "s390x"})
            @org.junit.jupiter.api.extension.ExtendWith(dev.foreignarch.jupiter.FakeHost.Installation.class)
            class BrokenTests {
              @org.junit.jupiter.api.Test void broken(dev.foreignarch.arch.Architecture any) { throw new AssertionError(); }
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void a_deleted_test_is_not_in_the_table_of_the_next_build() throws Exception {
        Path module = module("module", Map.of("generated.SoundTests", SOUND, "generated.BrokenTests", BROKEN));
        Path table = module.resolve("target/foreignarch/matrix.md");
        try (MavenDaemon daemon = MavenDaemon.start(folder)) {
            daemon.begin(arguments(module));
            String printed = daemon.await();
            assertThat(table)
                    .as(printed)
                    .content()
                    .contains("\n2 tests on 2 architectures: 2 passed, 2 failed (arm32v7 1, s390x 1), 0 skipped.\n");

            Files.delete(module.resolve("classes/generated/BrokenTests.class"));
            daemon.begin(arguments(module));
            printed = daemon.await();

            assertThat(table)
                    .as(printed)
                    .content()
                    .contains("\n1 test on 2 architectures: 2 passed, 0 failed, 0 skipped.\n");
        }
    }

    @Test
    void builds_at_the_same_time_into_one_folder_are_not_mixed() throws Exception {
        Path sound = module("one/app", Map.of("generated.SoundTests", SOUND));
        Path broken = module("two/app", Map.of("generated.SoundTests", SOUND, "generated.BrokenTests", BROKEN));
        String report = "-Dforeignarch.report=" + folder.resolve("report");
        try (MavenDaemon daemon = MavenDaemon.start(folder)) {
            daemon.begin(Stream.concat(Stream.of(arguments(sound)), Stream.of(report))
                    .toArray(String[]::new));
            daemon.begin(Stream.concat(Stream.of(arguments(broken)), Stream.of(report))
                    .toArray(String[]::new));
            String printed = daemon.await() + daemon.await();

            assertThat(Files.readString(folder.resolve("report/matrix.md")).lines())
                    .as(printed)
                    .containsAnyOf(
                            "1 test on 2 architectures: 2 passed, 0 failed, 0 skipped.",
                            "2 tests on 2 architectures: 2 passed, 2 failed (arm32v7 1, s390x 1), 0 skipped.");
        }
    }

    /** Each class in a JVM of its own: what they have in common is only the call of Surefire. */
    private static String[] arguments(Path module) {
        return new String[] {
            "-o",
            "-q",
            "-B",
            "-f",
            module.resolve("pom.xml").toString(),
            "surefire:test",
            "-DreuseForks=false",
            "-Dmaven.test.failure.ignore=true"
        };
    }

    private Path module(String name, Map<String, String> sources) throws IOException {
        Path module = Files.createDirectories(folder.resolve(name));
        Path classes = Files.createDirectories(module.resolve("classes"));
        CompiledClasses.compile(sources, classes);
        try (var template = LongLivedParentTests.class.getResourceAsStream("/surefire-pom.xml")) {
            Files.writeString(
                    module.resolve("pom.xml"),
                    new String(template.readAllBytes(), UTF_8)
                            .replace("@testClasses@", classes.toString())
                            .replace(
                                    "@classPath@",
                                    Stream.of(CompiledClasses.classPath().split(File.pathSeparator))
                                            .map(path -> "<additionalClasspathElement>" + path
                                                    + "</additionalClasspathElement>")
                                            .collect(joining("\n"))));
        }
        return module;
    }
}
