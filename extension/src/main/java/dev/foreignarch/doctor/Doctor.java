package dev.foreignarch.doctor;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.emulation.Emulation;
import dev.foreignarch.emulation.EmulationSettings;
import dev.foreignarch.emulation.Registration;
import dev.foreignarch.emulation.Verdict;
import dev.foreignarch.engine.Engine;
import dev.foreignarch.engine.EngineException;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apiguardian.api.API;

/**
 * Tells which architectures the container engine can run, and what to do about the others.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public final class Doctor {

    /** Exit code: done, and every architecture that was asked for runs. */
    public static final int WELL = 0;

    /** Exit code: an architecture that was asked for does not run, or would not for longer than the doctor lives. */
    public static final int UNAVAILABLE = 1;

    /** Exit code: there is no engine, or it does not run ForeignArch's containers. */
    public static final int NO_ENGINE = 2;

    /** Exit code: the command line makes no sense. */
    public static final int USAGE = 64;

    private static final String LOG_LEVEL = "org.slf4j.simpleLogger.defaultLogLevel";

    /** Much more than an engine at the other end of a slow line takes for its first answers. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Supplier<Engine> engines;
    private final Duration patience;
    private final PrintStream out;
    private final PrintStream err;

    Doctor(Supplier<Engine> engines, PrintStream out, PrintStream err) {
        this(engines, PATIENCE, out, err);
    }

    Doctor(Supplier<Engine> engines, Duration patience, PrintStream out, PrintStream err) {
        this.engines = engines;
        this.patience = patience;
        this.out = out;
        this.err = err;
    }

    /**
     * Run the doctor on the engine that Testcontainers finds, and end the JVM with its exit code.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        // What the libraries have to tell is not what the doctor was asked; what users set themselves stays.
        if (System.getProperty(LOG_LEVEL) == null) {
            System.setProperty(LOG_LEVEL, "error");
        }
        System.exit(new Doctor(Engine::withoutRyuk, System.out, System.err).run(List.of(arguments)));
    }

    /** Do what the arguments say, and return the exit code. */
    int run(List<String> arguments) {
        CommandLine command;
        EmulationSettings settings;
        try {
            command = CommandLine.parse(arguments);
            settings = settings(command);
        } catch (IllegalArgumentException wrong) {
            err.println(wrong.getMessage());
            err.print(CommandLine.HELP);
            return USAGE;
        }
        if (command.task() == CommandLine.Task.HELP) {
            out.print(CommandLine.HELP);
            return WELL;
        }
        try (Emulation emulation = Emulation.on(new EngineSearch(engines, patience).find(), settings)) {
            return run(command, emulation);
        } catch (EngineException noEngine) {
            return withoutEngine(command, String.valueOf(noEngine.getMessage()));
        } catch (RuntimeException broken) {
            // docker-java has no kind of its own for a connection that ends.
            return withoutEngine(
                    command, "The container engine does not answer as it should: " + EngineException.words(broken));
        }
    }

    private int withoutEngine(CommandLine command, String problem) {
        if (command.json()) {
            out.print(Report.json(problem));
        } else {
            err.println(problem);
        }
        return NO_ENGINE;
    }

    /** What somebody asks a doctor to fix may be repaired. */
    private static EmulationSettings settings(CommandLine command) {
        Optional<String> image =
                command.image().or(() -> Optional.ofNullable(System.getProperty(EmulationSettings.HELPER_IMAGE)));
        EmulationSettings read =
                EmulationSettings.read(name -> name.equals(EmulationSettings.HELPER_IMAGE) ? image : Optional.empty());
        return new EmulationSettings(Registration.REPAIR, read.helperImage());
    }

    private int run(CommandLine command, Emulation emulation) {
        if (command.task() == CommandLine.Task.UNDO) {
            List<String> removed = emulation.undo();
            out.println(
                    removed.isEmpty()
                            ? "There is nothing to undo: no emulator is registered that ForeignArch has brought."
                            : "Removed " + String.join(", ", removed) + ".");
            return WELL;
        }
        List<Architecture> architectures =
                command.architectures().isEmpty() ? List.of(Architecture.values()) : command.architectures();
        Map<Architecture, Verdict> verdicts = command.task() == CommandLine.Task.FIX
                ? emulation.prepare(architectures)
                : emulation.examine(architectures);
        Report report = new Report(
                emulation.engine().toString(),
                emulation.engine().address().map(URI::toString),
                emulation.engine().facts(),
                List.copyOf(verdicts.values()),
                emulation.handlers(verdicts.keySet()),
                emulation.keepsHandlersAlive());
        out.print(command.json() ? report.json() : report.text());
        boolean allRun = verdicts.values().stream().allMatch(Verdict::available);
        boolean lasting = command.task() != CommandLine.Task.FIX || !emulation.keepsHandlersAlive();
        return command.architectures().isEmpty() || (allRun && lasting) ? WELL : UNAVAILABLE;
    }
}
