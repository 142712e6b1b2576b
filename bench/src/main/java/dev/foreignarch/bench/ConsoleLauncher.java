package dev.foreignarch.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What one would write without an extension: JUnit's console launcher in a container of a foreign JVM. */
final class ConsoleLauncher {

    private final Path target;
    private final String image;

    ConsoleLauncher(Path target, String image) {
        this.target = target;
        this.image = image;
    }

    /** Run the four tests in a container of its own, with further arguments for the JVM. */
    Duration fourTests(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "docker",
                "run",
                "--rm",
                "--platform",
                "linux/s390x",
                "-v",
                target.resolve("console") + ":/console:ro",
                "-v",
                target.resolve("classes") + ":/classes:ro",
                image,
                "java"));
        command.addAll(List.of(arguments));
        command.addAll(List.of(
                "-jar",
                "/console/junit-platform-console-standalone.jar",
                "execute",
                "--class-path",
                "/classes",
                "--select-class",
                FourTests.class.getName(),
                "--fail-if-no-tests"));
        return Programs.time(Map.of(), command);
    }
}
