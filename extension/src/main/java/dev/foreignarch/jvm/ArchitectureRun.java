package dev.foreignarch.jvm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.foreignarch.emulation.ArchitectureUnavailableException;
import dev.foreignarch.jvm.launch.JvmStartException;
import dev.foreignarch.jvm.wire.Command;
import dev.foreignarch.jvm.wire.Event;
import dev.foreignarch.jvm.wire.SentThrowable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.platform.commons.JUnitException;
import org.junit.platform.engine.ConfigurationParameters;
import org.junit.platform.engine.ExecutionRequest;
import org.junit.platform.engine.TestDescriptor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a class on one architecture, with as many JVMs as it takes. */
final class ArchitectureRun {

    private static final Logger LOG = LoggerFactory.getLogger(ArchitectureRun.class);

    /** A class that kills every JVM would keep a build busy for hours. */
    private static final int MAXIMAL_DEATHS = 5;

    private static final String NOT_TRIED = "It could not be tried again without the JVM's compiler. ";

    private final ArchitectureMirror mirror;
    private final ConfigurationParameters parameters;
    private final JvmSettings settings;
    private final JvmPool pool;
    private final Replay replay;

    ArchitectureRun(ArchitectureMirror mirror, ExecutionRequest request, JvmSettings settings, JvmPool pool) {
        this.mirror = mirror;
        this.parameters = request.getConfigurationParameters();
        this.settings = settings;
        this.pool = pool;
        this.replay = new Replay(mirror, request);
    }

    void run() {
        try {
            runInJvms();
        } catch (RuntimeException failure) {
            replay.endAll(failure, settings.skipUnavailable() && isUnavailable(failure));
        }
        replay.close();
    }

    private static boolean isUnavailable(Throwable failure) {
        for (Throwable one = failure; one != null; one = one.getCause()) {
            if (one instanceof ArchitectureUnavailableException) {
                return true;
            }
        }
        return false;
    }

    private void runInJvms() {
        Command.Run command =
                mirror.isWhole() ? command(List.of(mirror.className()), List.of()) : command(replay.pending());
        for (int deaths = 1; ; deaths++) {
            ForeignVm vm = pool.get(mirror.spec());
            replay.where(vm.description());
            Conversation conversation = new Conversation(vm, settings.timeout());
            Optional<JvmDeath> death = conversation.run(command, replay::take);
            Optional<SentThrowable> givenUp = conversation.failure();
            if (death.isPresent() && deaths == 1 && !replay.hasBegunTests()) {
                // No test is to blame, and an emulated JVM now and then dies of its emulator.
                LOG.warn(
                        "The JVM of {} died before the first test of {}, and another one is tried. {}",
                        mirror.spec().name(),
                        mirror.className(),
                        death.get().story());
                pool.discard(mirror.spec());
                continue;
            }
            if (death.isPresent()) {
                bury(death.get(), vm);
            } else if (givenUp.isPresent() && replay.isTestRunning()) {
                pool.discard(mirror.spec());
                replay.blame(givenUp.get());
            } else {
                givenUp.ifPresent(replay::fail);
                demandResults();
                return;
            }
            List<Mirror> pending = replay.pending();
            if (pending.isEmpty() || replay.hasFailedAsAWhole()) {
                return;
            }
            if (deaths == MAXIMAL_DEATHS || Thread.currentThread().isInterrupted()) {
                throw new ForeignJvmDiedException("This test did not run: the tests of " + mirror.className() + " have"
                        + " ended " + deaths + " JVMs of " + mirror.spec().name() + " in a row.");
            }
            command = command(pending);
        }
    }

    /** A test without a result would look like a test that passed. */
    private void demandResults() {
        if (!replay.hasFailedAsAWhole() && !replay.pending().isEmpty()) {
            replay.endAll(
                    new JUnitException("The foreign JVM did not run this test, although it was asked to. Its class path"
                            + " may have another version of the class or of JUnit."),
                    false);
        }
    }

    private void bury(JvmDeath death, ForeignVm vm) {
        pool.discard(mirror.spec());
        TestDescriptor culprit = replay.innermostRunning().orElse(mirror);
        if (death.hasReport()) {
            replay.publish(
                    culprit,
                    new Event.Published(
                            "",
                            "hs_err_" + mirror.spec().architecture() + ".log",
                            "text/plain",
                            death.lastWords().getBytes(UTF_8)));
        }
        String again = death.inCompiledCode() ? secondTry(culprit) : "";
        replay.blame(new ForeignJvmDiedException("The JVM of " + mirror.spec().name() + " (" + vm.description()
                + ") died while this test ran. " + again + death.story()));
    }

    /** Tell a bug of the emulator or of the JVM's compiler from one of the test: without the compiler, does it happen? */
    private String secondTry(TestDescriptor culprit) {
        if (!(culprit instanceof Mirror test) || test.isContainer()) {
            return "";
        }
        try (ForeignVm interpreter = pool.startAnother(mirror.spec().with("-Xint"))) {
            SecondTry second =
                    new SecondTry(new ForeignIds(mirror.getUniqueId(), mirror.foreignRoots()), test.getUniqueId());
            Optional<JvmDeath> death = new Conversation(interpreter, settings.timeout())
                    .run(command(List.of(), test.selection()), second::take);
            if (death.isPresent()) {
                return "Without the JVM's compiler (-Xint) it dies too, so the test or its native code is to blame: "
                        + death.get().cause() + "\nThe first time: ";
            }
            return second.outcome()
                    .map(outcome -> "Without the JVM's compiler (-Xint) the same test " + outcome
                            + ", so the compiler or the emulator is to blame, and not the test.\n")
                    .orElse(NOT_TRIED);
        } catch (JvmStartException notTried) {
            return NOT_TRIED;
        }
    }

    private Command.Run command(List<Mirror> leaves) {
        return command(
                List.of(),
                leaves.stream().flatMap(leaf -> leaf.selection().stream()).toList());
    }

    private Command.Run command(List<String> classNames, List<String> ids) {
        return new Command.Run(classNames, ids, mirror.engines(), foreignParameters());
    }

    /** What was configured for this run counts there too; what is about this JVM's files and streams doesn't. */
    private Map<String, String> foreignParameters() {
        Map<String, String> foreign = new HashMap<>();
        parameters.keySet().stream()
                .filter(name -> !name.startsWith("junit.platform.reporting."))
                .forEach(name -> parameters.get(name).ifPresent(value -> foreign.put(name, value)));
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("junit.jupiter."))
                .forEach(name -> foreign.putIfAbsent(name, System.getProperty(name)));
        foreign.put("junit.platform.output.capture.stdout", "false");
        foreign.put("junit.platform.output.capture.stderr", "false");
        foreign.put("junit.platform.reporting.open.xml.enabled", "false");
        return foreign;
    }
}
