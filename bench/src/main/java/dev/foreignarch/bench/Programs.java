package dev.foreignarch.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Other programs, among them JVMs with this one's class path. */
final class Programs {

    private Programs() {}

    /** Run a program, and return how long it took. */
    static Duration time(Map<String, String> environment, List<String> command) throws Exception {
        long start = System.nanoTime();
        output(environment, command);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Run a program, and return what it printed. */
    static String output(Map<String, String> environment, List<String> command) throws Exception {
        Path log = Files.createTempFile("bench", ".log");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment().putAll(environment);
            int exitCode = builder.start().waitFor();
            String printed = Files.readString(log, StandardCharsets.UTF_8);
            if (exitCode != 0) {
                throw new IOException("Exit code " + exitCode + " of " + command + ": " + printed);
            }
            return printed;
        } finally {
            Files.delete(log);
        }
    }

    /** Run test classes in a JVM of their own, and return how long it took from the first look at them to the end. */
    static Duration tests(Map<String, String> environment, String... classes) throws Exception {
        return Duration.ofNanos(number("nanoseconds", jvm(environment, TestRun.class, classes)));
    }

    /** Return what a program in a JVM of its own prints. */
    static String jvm(Map<String, String> environment, Class<?> program, String... arguments) throws Exception {
        return output(environment, command(program, arguments));
    }

    /** Return how to run a program in a JVM of its own. */
    static List<String> command(Class<?> program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path")));
        for (String name : List.of(
                "bench.redis", "bench.busybox", "foreignarch.report", "org.slf4j.simpleLogger.defaultLogLevel")) {
            String value = System.getProperty(name);
            if (value != null) {
                command.add("-D" + name + "=" + value);
            }
        }
        command.add(program.getName());
        command.addAll(List.of(arguments));
        return command;
    }

    /** Return the number that a line of a program's output begins with a word for. */
    static long number(String word, String output) {
        return output.lines()
                .filter(line -> line.startsWith(word + " "))
                .mapToLong(
                        line -> Long.parseLong(line.substring(word.length() + 1).strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No line '" + word + " …' in: " + output));
    }
}
