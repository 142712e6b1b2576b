package dev.foreignarch.report;

import java.util.List;
import java.util.stream.Stream;

/** Build tools whose process lives for one build. Daemons have other main classes. */
final class BuildTool {

    private static final List<String> MAIN_CLASSES =
            List.of("org.codehaus.plexus.classworlds.launcher.Launcher", "org.apache.tools.ant.launch.Launcher");

    private BuildTool() {}

    /** Return whether a process is one; a system may not tell. */
    static boolean runsIn(ProcessHandle process) {
        Stream<String> arguments = process.info().arguments().stream().flatMap(Stream::of);
        return Stream.concat(arguments, process.info().commandLine().stream())
                .anyMatch(
                        text -> MAIN_CLASSES.stream().anyMatch(name -> (" " + text + " ").contains(" " + name + " ")));
    }

    /** Return whether this JVM is one, which runs tests in its own process. */
    static boolean runsHere() {
        String command = System.getProperty("sun.java.command", "") + " ";
        return MAIN_CLASSES.stream().anyMatch(name -> command.startsWith(name + " "));
    }
}
