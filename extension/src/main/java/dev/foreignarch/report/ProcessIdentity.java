package dev.foreignarch.report;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process, told from others that had its number before: what starts a build, and each JVM in it.
 *
 * @param pid number of the process
 * @param start when it started, in milliseconds since 1970; 0 if the system doesn't tell
 */
record ProcessIdentity(long pid, long start) {

    private static final Pattern NAME = Pattern.compile("(\\d+)-(\\d+)");

    /** Return this JVM. */
    static ProcessIdentity thisJvm() {
        return of(ProcessHandle.current());
    }

    /** Return the JVM that started this one, such as Maven's or Gradle's, whatever stands between the two. */
    static Optional<ProcessHandle> parentJvm() {
        Optional<ProcessHandle> parent = ProcessHandle.current().parent();
        while (parent.isPresent() && !isJvm(parent.get())) {
            parent = parent.get().parent();
        }
        return parent;
    }

    private static boolean isJvm(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> Path.of(command).getFileName())
                .filter(name -> name != null && name.toString().matches("java(w|\\.exe|w\\.exe)?"))
                .isPresent();
    }

    /** Return the identity of a process that runs. */
    static ProcessIdentity of(ProcessHandle process) {
        return new ProcessIdentity(
                process.pid(),
                process.info().startInstant().map(Instant::toEpochMilli).orElse(0L));
    }

    /** Read a name that {@link #toString} gave. */
    static Optional<ProcessIdentity> parse(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches()
                ? Optional.of(new ProcessIdentity(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    /** Return whether the process still runs. */
    boolean isAlive() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> of(process).equals(this))
                .isPresent();
    }

    @Override
    public String toString() {
        return pid + "-" + start;
    }
}
