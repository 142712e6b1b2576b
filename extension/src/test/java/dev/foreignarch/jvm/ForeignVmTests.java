package dev.foreignarch.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.jvm.launch.JvmLauncher;
import dev.foreignarch.jvm.launch.JvmSpec;
import dev.foreignarch.jvm.launch.StartedJvm;
import dev.foreignarch.jvm.wire.Event;
import dev.foreignarch.jvm.wire.FrameWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What a foreign JVM tells is heard, whatever thread brings it. */
class ForeignVmTests {

    private static final JvmSpec SPEC = new JvmSpec(
            Architecture.S390X, "s390x", Optional.empty(), List.of(), Map.of(), List.of(), Optional.empty(), false);

    @Test
    void theEndIsHeardFromAnInterruptedThread() throws Exception {
        FakeLauncher launcher = new FakeLauncher();
        try (ForeignVm vm = ForeignVm.start(launcher, SPEC, Duration.ofSeconds(10))) {
            Thread bringer = new Thread(() -> {
                Thread.currentThread().interrupt();
                launcher.output().end();
            });
            bringer.start();
            bringer.join();

            assertThat(vm.next(Duration.ofSeconds(10))).contains(Optional.empty());
        }
    }

    /** Greets, and does nothing. */
    private static final class FakeLauncher implements JvmLauncher {
        private Optional<Output> output = Optional.empty();

        Output output() {
            return output.orElseThrow();
        }

        @Override
        public StartedJvm start(JvmSpec spec, Output listener) {
            output = Optional.of(listener);
            listener.stdout(greeting());
            return new Idle();
        }

        private static byte[] greeting() {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try {
                new FrameWriter(bytes)
                        .write(new Event.Hello(Event.VERSION, Map.of(Event.Hello.LISTED_FILES, "3")).encode());
            } catch (IOException impossible) {
                throw new AssertionError(impossible);
            }
            return bytes.toByteArray();
        }

        @Override
        public void close() {
            // Nothing is kept.
        }
    }

    private record Idle() implements StartedJvm {
        @Override
        public OutputStream input() {
            return OutputStream.nullOutputStream();
        }

        @Override
        public String description() {
            return "a fake";
        }

        @Override
        public OptionalInt awaitExit(Duration limit) {
            return OptionalInt.of(0);
        }

        @Override
        public void close() {
            // It does not run.
        }
    }
}
