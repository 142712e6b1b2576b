package dev.foreignarch.samples.jvm;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.container.ForeignContainers;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/** A test that fails in a foreign JVM fails as it does without JUnit and ForeignArch, by {@code java} in a container. */
@Tag("known-failures")
class SameFailureTests {

    private static final List<String> FAILING = List.of("sqlite", "fastjson", "netty");

    @Test
    void failsAsJavaInAContainerDoes() throws Exception {
        Map<String, TestExecutionResult> results = WithoutConditions.run(FAILING.stream()
                .map(method -> WithoutConditions.id(method, "s390x"))
                .toList());
        String foreign = FAILING.stream()
                .map(method -> line(
                        method, results.get(method + "[s390x]").getThrowable().orElseThrow()))
                .collect(joining());

        assertEquals(plain(), foreign);
    }

    private static String plain() throws Exception {
        Map<Path, String> classPath = new LinkedHashMap<>();
        for (String entry : System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                .split(":")) {
            classPath.put(
                    Path.of(entry),
                    "/class-path/" + classPath.size() + Path.of(entry).getFileName());
        }
        try (GenericContainer<?> container = new GenericContainer<>(
                DockerImageName.parse("eclipse-temurin:" + Runtime.version().feature() + "-jre"))) {
            classPath.forEach(
                    (local, place) -> container.withCopyFileToContainer(MountableFile.forHostPath(local), place));
            container.withCommand("sleep", "600").waitingFor(Wait.forSuccessfulCommand("true"));
            ForeignContainers.start(ForeignContainers.bind(container, Architecture.S390X));

            ExecResult result = container.execInContainer(Stream.concat(
                            Stream.of(
                                    "java",
                                    "--add-opens=java.base/java.nio=ALL-UNNAMED",
                                    "-cp",
                                    String.join(":", classPath.values()),
                                    Plain.class.getName()),
                            FAILING.stream())
                    .toArray(String[]::new));

            assertEquals(0, result.getExitCode(), result.getStderr());
            return result.getStdout();
        }
    }

    private static String line(String method, Throwable failure) {
        return method + ": " + failure.getClass().getName() + ": " + failure.getMessage() + "\n";
    }

    /** Calls test methods and prints what they throw. */
    static final class Plain {
        private Plain() {}

        public static void main(String[] methods) throws ReflectiveOperationException {
            for (String method : methods) {
                try {
                    LibraryTests.class.getDeclaredMethod(method).invoke(new LibraryTests());
                    System.out.println(method + " passes");
                } catch (InvocationTargetException failure) {
                    System.out.print(line(method, failure.getCause()));
                }
            }
        }
    }
}
