package dev.foreignarch.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apiguardian.api.API.Status.EXPERIMENTAL;
import static org.apiguardian.api.API.Status.INTERNAL;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.engine.EngineException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apiguardian.api.API;

/**
 * A native program of a foreign architecture.
 *
 * <p>Each {@code Program} has a directory of its own in which it runs, empty at first; files can be put there and fetched
 * from there. It has no network. It can be used from several threads, and may run several times at once.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public final class Program implements AutoCloseable {

    /** How long a run may take if nothing else is said: 2 minutes, since emulation is slow. */
    public static final Duration LIMIT = Duration.ofMinutes(2);

    private static final String TRACE = "trace/";

    private final Architecture architecture;
    private final ProgramFile file;
    private final Launch launch;
    private final ProgramSettings settings;
    private final Optional<DebuggerPort> debuggerPort;
    private final String location;
    private final String directory;
    private final Set<RunningProgram> running = ConcurrentHashMap.newKeySet();

    private volatile boolean hasRun;
    private volatile boolean closed;

    Program(
            Architecture architecture,
            ProgramFile file,
            Launch launch,
            ProgramSettings settings,
            Optional<DebuggerPort> debuggerPort) {
        this.architecture = architecture;
        this.file = file;
        this.launch = launch;
        this.settings = settings;
        // Only QEMU waits for a debugger.
        this.debuggerPort = debuggerPort.filter(port -> launch.emulated());
        this.location = launch.bench().install(file.name(), file.content());
        this.directory = launch.bench().newDirectory(file.name());
        if (traces()) {
            launch.bench().write(Map.of(directory + "/", new byte[0], directory + "-" + TRACE, new byte[0]));
        }
    }

    /** Return the architecture. */
    public Architecture architecture() {
        return architecture;
    }

    /** Return by what it runs, for example {@code emulated by /usr/bin/qemu-arm-static, version 7.2.22}. */
    public String summary() {
        return launch.summary();
    }

    /** Return the path of the program where it runs. Another program there can start it. */
    public String location() {
        return location;
    }

    /** Return the path of the directory in which it runs. */
    public String directory() {
        return directory;
    }

    /**
     * Run the program to its end, without input, within {@link #LIMIT}.
     *
     * @param arguments its arguments
     * @return what it left, whatever its exit code
     * @throws ProgramException if it can't be started, or doesn't end in time
     * @throws EngineException if the engine fails
     */
    public ProgramResult run(String... arguments) {
        return call().run(arguments);
    }

    /** Prepare a run that needs more than arguments: input, variables, another directory or time limit. */
    public ProgramCall call() {
        return new ProgramCall(this, Optional.empty(), Map.of(), directory, LIMIT);
    }

    /**
     * Put a file where the program runs.
     *
     * @param path its path, absolute or in {@link #directory()}
     * @param content what it holds
     */
    public void write(String path, byte[] content) {
        requireOpen();
        launch.bench().write(Map.of(directory + "/", new byte[0], resolve(path), content.clone()));
    }

    /**
     * Put a text file (UTF-8) where the program runs.
     *
     * @param path its path, absolute or in {@link #directory()}
     * @param content what it holds
     */
    public void write(String path, String content) {
        write(path, content.getBytes(UTF_8));
    }

    /**
     * Fetch a file that the program has written.
     *
     * @param path its path, absolute or in {@link #directory()}
     * @return what it holds
     * @throws ProgramException if there is no such file, or it is a directory
     */
    public byte[] read(String path) {
        requireOpen();
        String absolute = resolve(path);
        Map<String, byte[]> files = launch.bench().read(absolute);
        if (files.keySet().stream().anyMatch(name -> name.contains("/"))) {
            throw new ProgramException(absolute + " is a directory where " + file.name() + " runs, on " + architecture
                    + ". Read its files one by one: " + String.join(", ", files.keySet()) + ".");
        }
        return files.values().stream()
                .findFirst()
                .orElseThrow(() -> new ProgramException(
                        "There is no file " + absolute + " where " + file.name() + " runs, on " + architecture + "."));
    }

    /**
     * Return what QEMU has recorded of the system calls of all runs, if {@value ProgramSettings#TRACE} asks for it; else
     * nothing, and also where no QEMU runs the program.
     */
    public Optional<String> trace() {
        if (!traces()) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder();
        launch.bench()
                .read(directory + "-" + TRACE.replace("/", ""))
                .forEach((name, content) -> text.append(new String(content, UTF_8)));
        return Optional.of(text.toString());
    }

    /** End what is still running. The program can't be run anymore. */
    @Override
    public void close() {
        closed = true;
        Closing.all(running.stream().<Runnable>map(program -> program::close).toList());
    }

    /** Return whether the program was started, at least once. */
    @API(status = INTERNAL, since = "0.1")
    public boolean hasRun() {
        return hasRun;
    }

    /** Return file and architecture, for example {@code greet for arm32v7}. */
    @Override
    public String toString() {
        return file.name() + " for " + architecture;
    }

    RunningProgram start(ProgramCall call, boolean interactive, List<String> arguments) {
        requireOpen();
        debuggerPort.ifPresent(port -> port.take(this));
        try {
            RunningProgram program = new RunningProgram(
                    this, launch.bench(), call.request(launch.command(location, arguments)), interactive);
            running.add(program);
            hasRun = true;
            return program;
        } catch (RuntimeException notStarted) {
            debuggerPort.ifPresent(DebuggerPort::release);
            throw notStarted;
        }
    }

    void ended(RunningProgram program) {
        if (running.remove(program)) {
            debuggerPort.ifPresent(DebuggerPort::release);
        }
    }

    String resolve(String path) {
        return path.startsWith("/") ? path : directory + "/" + path;
    }

    Map<String, String> environment(Map<String, String> wanted) {
        Map<String, String> environment = new TreeMap<>(launch.environment());
        if (traces()) {
            environment.put("QEMU_STRACE", "1");
            environment.put("QEMU_LOG_FILENAME", directory + "-" + TRACE + "%d.log");
        }
        debuggerPort.ifPresent(port -> environment.put("QEMU_GDB", String.valueOf(port.number())));
        environment.putAll(wanted);
        return environment;
    }

    /** Return how many bytes a run may write to each of its streams. */
    int mostOutput() {
        return settings.mostOutput();
    }

    /** A run that waits for a debugger waits for a human. */
    Duration limit(Duration wanted) {
        return debuggerPort.isPresent() ? Duration.ZERO : wanted;
    }

    List<String> notes(ProgramResult.Ending ending, String stderr) {
        return new Causes(architecture, file, launch).of(ending, stderr);
    }

    ProgramException refusal(int error) {
        return new ProgramException(new Causes(architecture, file, launch).ofRefusal(error));
    }

    private boolean traces() {
        return settings.traceSyscalls() && launch.emulated();
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException(
                    this + " has been closed. A program lives as long as the test that got it.");
        }
    }
}
