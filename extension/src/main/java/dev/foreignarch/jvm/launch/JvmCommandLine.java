package dev.foreignarch.jvm.launch;

import static java.util.stream.Collectors.joining;

import dev.foreignarch.jupiter.InsideForeignJvm;
import dev.foreignarch.jvm.agent.ForeignAgent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a foreign JVM is started with. */
final class JvmCommandLine {

    /** The port on which a JVM waits for a debugger. */
    static final int DEBUG_PORT = 5005;

    /**
     * Under emulation code is short-lived and compiling it is slow: with the serial collector and the first compiler
     * alone, four small tests took less than half of the time. And each method that is compiled makes the emulator
     * throw away what it has translated of the same memory: with a fifth of the methods they took two thirds of that.
     * Ten seconds of hard work take one longer; without any compiler they take a minute longer.
     */
    private static final List<String> FAST =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-XX:CompileThresholdScaling=5");

    /** A dying JVM's last words go where somebody reads them. */
    private static final List<String> LAST_WORDS =
            List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:+ErrorFileToStderr", "-XX:-CreateCoredumpOnCrash");

    private static final List<String> PASSED_ON =
            List.of("--add-opens", "--add-exports", "--add-modules", "--enable-native-access", "--enable-preview");

    /** So that the same test formats the same dates and numbers. */
    private static final List<String> SAME_PROPERTIES =
            List.of("user.timezone", "user.language", "user.country", "user.variant", "file.encoding");

    private JvmCommandLine() {}

    /** Return a command that makes an archive of the classes that it has loaded when it ends. */
    static List<String> rehearsal(JvmSpec spec, String archive, List<String> classPath) {
        List<String> command = new ArrayList<>(List.of("java"));
        command.addAll(FAST);
        command.addAll(List.of(
                "-XX:ArchiveClassesAtExit=" + archive,
                "-D" + InsideForeignJvm.ARCHITECTURE + "=" + spec.name(),
                "-cp",
                String.join(":", classPath),
                ForeignAgent.class.getName()));
        return command;
    }

    /**
     * Return the arguments of {@code java}.
     *
     * @param archive an archive of the first jars of the class path, if there is one
     */
    static List<String> arguments(JvmSpec spec, List<String> classPath, String separator, Optional<String> archive) {
        List<String> arguments = new ArrayList<>(FAST);
        archive.ifPresent(place -> arguments.add("-XX:SharedArchiveFile=" + place));
        arguments.addAll(LAST_WORDS);
        if (JvmCommandLine.class.desiredAssertionStatus()) {
            arguments.add("-ea");
        }
        passedOn(TestClassPath.inputArguments()).forEach(arguments::add);
        SAME_PROPERTIES.forEach(name -> {
            String value = System.getProperty(name);
            if (value != null && !value.isEmpty()) {
                arguments.add("-D" + name + "=" + value);
            }
        });
        if (spec.debug()) {
            arguments.add("-agentlib:jdwp=transport=dt_socket,server=y,suspend=y,address=*:" + DEBUG_PORT);
        }
        new TreeMap<>(spec.properties()).forEach((name, value) -> arguments.add("-D" + name + "=" + value));
        arguments.addAll(spec.arguments());
        arguments.add("-D" + InsideForeignJvm.ARCHITECTURE + "=" + spec.name());
        arguments.add("-cp");
        arguments.add(String.join(separator, classPath));
        arguments.add(ForeignAgent.class.getName());
        return arguments;
    }

    static Stream<String> passedOn(List<String> localArguments) {
        return localArguments.stream()
                .filter(argument ->
                        PASSED_ON.stream().anyMatch(name -> argument.equals(name) || argument.startsWith(name + "=")));
    }

    /** Return arguments in the form of a file that {@code java @file} reads. */
    static String file(List<String> arguments) {
        return arguments.stream()
                .map(argument -> "\"" + escaped(argument) + "\"\n")
                .collect(joining());
    }

    private static String escaped(String argument) {
        return argument.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t")
                .replace("\f", "\\f");
    }
}
