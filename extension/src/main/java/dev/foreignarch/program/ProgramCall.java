package dev.foreignarch.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import dev.foreignarch.engine.EngineException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A run of a program that is being prepared. Nothing of it changes: each method returns another one.
 *
 * {@snippet lang = java:
 * ProgramResult sorted = sort.call().input("b\na\n").environment("LC_ALL", "C").run("--reverse");
 * }
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public final class ProgramCall {

    private final Program program;
    private final Optional<byte[]> input;
    private final Map<String, String> environment;
    private final String directory;
    private final Duration limit;

    ProgramCall(
            Program program,
            Optional<byte[]> input,
            Map<String, String> environment,
            String directory,
            Duration limit) {
        this.program = program;
        this.input = input;
        this.environment = environment;
        this.directory = directory;
        this.limit = limit;
    }

    /**
     * Give the program an input to read.
     *
     * @param text the input, which is sent as UTF-8
     */
    public ProgramCall input(String text) {
        return input(text.getBytes(UTF_8));
    }

    /**
     * Give the program an input to read.
     *
     * @param bytes the input
     */
    public ProgramCall input(byte[] bytes) {
        return new ProgramCall(program, Optional.of(bytes.clone()), environment, directory, limit);
    }

    /**
     * Set a variable. QEMU reads some too: {@code QEMU_UNAME}, {@code QEMU_STACK_SIZE} and others.
     *
     * @param name its name
     * @param value its value
     */
    public ProgramCall environment(String name, String value) {
        Map<String, String> more = new TreeMap<>(environment);
        more.put(name, value);
        return new ProgramCall(program, input, more, directory, limit);
    }

    /**
     * Run in another directory.
     *
     * @param path its path, absolute or in {@link Program#directory()}; it is made if it is missing
     */
    public ProgramCall directory(String path) {
        return new ProgramCall(program, input, environment, program.resolve(path), limit);
    }

    /**
     * Set a time limit. A program that runs longer is killed, with its children.
     *
     * @param limit how long it may run
     * @throws IllegalArgumentException if that is no time, or more than 20 days
     */
    public ProgramCall within(Duration limit) {
        if (limit.compareTo(Duration.ofMillis(1)) < 0 || limit.compareTo(Duration.ofDays(20)) > 0) {
            throw new IllegalArgumentException(
                    "A program can't run within " + limit + ". Give it from 1 ms up to 20 days.");
        }
        return new ProgramCall(program, input, environment, directory, limit);
    }

    /**
     * Run the program to its end.
     *
     * @param arguments its arguments
     * @return what it left, whatever its exit code
     * @throws ProgramException if it can't be started, or doesn't end in time
     * @throws EngineException if the engine fails
     */
    public ProgramResult run(String... arguments) {
        try (RunningProgram running = program.start(this, false, List.of(arguments))) {
            return running.await();
        }
    }

    /**
     * Start the program, and talk to it while it runs.
     *
     * @param arguments its arguments
     * @return the program; it is killed when it is closed
     * @throws EngineException if the engine fails
     */
    public RunningProgram start(String... arguments) {
        return program.start(this, true, List.of(arguments));
    }

    Request request(List<String> command) {
        return new Request(
                command, program.environment(environment), input.orElse(null), directory, program.limit(limit));
    }

    /** What a run needs. */
    record Request(
            List<String> command,
            Map<String, String> environment,
            byte @Nullable [] input,
            String directory,
            Duration limit) {}
}
