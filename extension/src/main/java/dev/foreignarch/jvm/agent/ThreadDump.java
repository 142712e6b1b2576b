package dev.foreignarch.jvm.agent;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the threads of this JVM are doing. */
final class ThreadDump {

    private ThreadDump() {}

    /** Describe all threads but those that sleep in the JVM's own service. */
    static String text() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getValue().length > 0 && !isOurs(thread.getKey()))
                .map(ThreadDump::describe)
                .collect(Collectors.joining("\n"));
    }

    /** Describe the thread that has asked this JVM to exit. */
    static Optional<String> ofExit() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> Arrays.stream(thread.getValue())
                        .anyMatch(frame -> frame.getClassName().equals("java.lang.Runtime")
                                && frame.getMethodName().equals("exit")))
                .map(ThreadDump::describe)
                .findFirst();
    }

    private static boolean isOurs(Thread thread) {
        return thread.getName().startsWith(ForeignAgent.THREAD_PREFIX)
                || (thread.getThreadGroup() != null
                        && thread.getThreadGroup().getName().equals("system"));
    }

    private static String describe(Map.Entry<Thread, StackTraceElement[]> thread) {
        return "\"" + thread.getKey().getName() + "\" " + thread.getKey().getState() + "\n"
                + Arrays.stream(thread.getValue())
                        .map(frame -> "    at " + frame + "\n")
                        .collect(Collectors.joining());
    }
}
