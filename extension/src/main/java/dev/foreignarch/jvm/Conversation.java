package dev.foreignarch.jvm;

import dev.foreignarch.jvm.wire.Command;
import dev.foreignarch.jvm.wire.Event;
import dev.foreignarch.jvm.wire.SentThrowable;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** One run of tests in a foreign JVM, from the command to its end or the JVM's. */
final class Conversation {

    private static final Duration DUMP_LIMIT = Duration.ofSeconds(10);

    private final ForeignVm vm;
    private final Duration timeout;
    private Optional<SentThrowable> failure = Optional.empty();
    private Optional<String> exitStack = Optional.empty();

    Conversation(ForeignVm vm, Duration timeout) {
        this.vm = vm;
        this.timeout = timeout;
    }

    /**
     * Run tests.
     *
     * @param listener takes what the JVM tells, on this thread
     * @return how the JVM died, if it did
     */
    Optional<JvmDeath> run(Command.Run command, Consumer<Event> listener) {
        vm.send(command);
        long progress = System.nanoTime();
        while (true) {
            Duration left = timeout.minusNanos(System.nanoTime() - progress);
            Optional<Optional<Event>> next = left.isNegative() ? Optional.empty() : vm.next(left);
            if (next.isEmpty()) {
                return Optional.of(kill());
            }
            if (next.get().isEmpty()) {
                return Optional.of(vm.death(exitStack, Optional.empty()));
            }
            Event event = next.get().get();
            if (event instanceof Event.Done done) {
                failure = done.failure();
                return Optional.empty();
            }
            if (event instanceof Event.Exiting exiting) {
                exitStack = Optional.of(exiting.stack());
            } else {
                listener.accept(event);
            }
            if (!(event instanceof Event.Output)) {
                progress = System.nanoTime();
            }
        }
    }

    private JvmDeath kill() {
        String threads = threads();
        vm.close();
        return vm.death(
                exitStack,
                Optional.of("It got no further for " + timeout.toSeconds() + " s (" + JvmParameters.TIMEOUT
                        + "), and was killed\n" + threads));
    }

    private String threads() {
        vm.send(new Command.DumpThreads());
        long deadline = System.nanoTime() + DUMP_LIMIT.toNanos();
        while (true) {
            Optional<Optional<Event>> next = vm.next(Duration.ofNanos(deadline - System.nanoTime()));
            if (next.isEmpty() || next.get().isEmpty()) {
                return "The JVM did not even say what its threads were doing.";
            }
            if (next.get().get() instanceof Event.Threads threads) {
                return threads.text();
            }
        }
    }

    /** Return what kept JUnit in the JVM from running the tests, if something did. */
    Optional<SentThrowable> failure() {
        return failure;
    }
}
