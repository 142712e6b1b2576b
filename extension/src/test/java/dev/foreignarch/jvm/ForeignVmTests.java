package dev.foreignarch.jvm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.jvm.launch.JvmLauncher;
import dev.foreignarch.jvm.launch.JvmSpec;
import dev.foreignarch.jvm.launch.ProcessLauncher;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a foreign JVM tells is heard, whatever thread brings it. */
class ForeignVmTests {

    private static final JvmSpec SPEC = spec(Architecture.S390X);

    private static final Map<String, String> FACTS =
            Map.of("os.arch", "s390x", "java.version", "17.0.1", Event.Hello.LISTED_FILES, "3");

    @Test
    void theEndIsHeardFromAnInterruptedThread() throws Exception {
        FakeLauncher launcher = new FakeLauncher(FACTS);
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

    @Test
    void aJvmOfAnotherArchitectureIsRefused() {
        assertThat(refusal(Architecture.S390X, Map.of("os.arch", "amd64")))
                .isEqualTo("The JVM of s390x (a fake) is no JVM of s390x: the image says that it is for s390x, but its"
                        + " Java is for amd64 (os.arch is 'amd64'). Use an image with Java for s390x. In one of your"
                        + " own, look for FROM --platform=$BUILDPLATFORM in the Dockerfile: the last stage must not"
                        + " have it.");
        assertThat(refusal(Architecture.PPC64LE, Map.of("os.arch", "ppc64")))
                .contains("its Java is for another architecture (os.arch is 'ppc64').");
    }

    @ParameterizedTest
    @EnumSource
    void javasNameOfAnArchitectureIsTaken(Architecture architecture) {
        FakeLauncher launcher =
                new FakeLauncher(Map.of("os.arch", architecture.javaName(), Event.Hello.LISTED_FILES, "3"));

        ForeignVm.start(launcher, spec(architecture), Duration.ofSeconds(10)).close();
    }

    @Test
    void filesThatAreNotListedAreExplained() {
        assertThat(refusal(
                        Architecture.ARM32V7,
                        Map.of("os.arch", "arm", "java.version", "17.0.1", Event.Hello.LISTED_FILES, "0")))
                .isEqualTo("The JVM of arm32v7 (Java 17.0.1) can't list the files of a directory: it saw 0 of 3. Its"
                        + " 32-bit C library can't read the directories of the engine's file system, so tests would"
                        + " fail that pass on real machines. Use an image with a newer Java (21 or later from a current"
                        + " distribution), or let java.io.tmpdir be a tmpfs.");
        assertThat(refusal(
                        Architecture.S390X,
                        Map.of("os.arch", "s390x", "java.version", "17.0.1", Event.Hello.LISTED_FILES, "2")))
                .isEqualTo("The JVM of s390x (Java 17.0.1) can't list the files of a directory: it saw 2 of 3. Tests"
                        + " would fail that pass on real machines. Let java.io.tmpdir be on another file system.");
    }

    @Test
    void anUnwritableTemporaryDirectoryIsNamed() {
        JvmSpec spec = SPEC.with("-Djava.io.tmpdir=/dev/null/tmp");

        assertThatThrownBy(() -> ForeignVm.start(new ProcessLauncher(), spec, Duration.ofMinutes(1)))
                .hasMessageMatching("(?s)The JVM of s390x \\(Java [^)]+\\) can't make temporary files in /dev/null/tmp:"
                        + " java\\.nio\\.file\\.[^.]+\\. Name a directory that its user may write to:"
                        + " @ForeignJvm\\(arguments = \"-Djava\\.io\\.tmpdir=…\"\\)\\..*");
    }

    @Test
    void whatWasSaidBeforeTheGreetingIsQuoted() {
        FakeLauncher launcher = new FakeLauncher(Map.of("os.arch", "amd64"));
        launcher.words = "Picked up JAVA_TOOL_OPTIONS: -Xmx1g\n";

        assertThatThrownBy(() -> ForeignVm.start(launcher, SPEC, Duration.ofSeconds(10)))
                .hasMessageEndingWith("must not have it. It said:\nPicked up JAVA_TOOL_OPTIONS: -Xmx1g");
    }

    private static String refusal(Architecture architecture, Map<String, String> facts) {
        return catchThrowable(
                        () -> ForeignVm.start(new FakeLauncher(facts), spec(architecture), Duration.ofSeconds(10)))
                .getMessage();
    }

    private static JvmSpec spec(Architecture architecture) {
        return new JvmSpec(
                architecture,
                architecture.dockerName(),
                Optional.empty(),
                List.of(),
                Map.of(),
                List.of(),
                Optional.empty(),
                false);
    }

    /** Greets, and does nothing. */
    private static final class FakeLauncher implements JvmLauncher {
        private final Map<String, String> facts;
        private String words = "";
        private Optional<Output> output = Optional.empty();

        FakeLauncher(Map<String, String> facts) {
            this.facts = facts;
        }

        Output output() {
            return output.orElseThrow();
        }

        @Override
        public StartedJvm start(JvmSpec spec, Output listener) {
            output = Optional.of(listener);
            if (!words.isEmpty()) {
                listener.stderr(words.getBytes(UTF_8));
            }
            listener.stdout(greeting());
            return new Idle();
        }

        private byte[] greeting() {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try {
                new FrameWriter(bytes).write(new Event.Hello(Event.VERSION, facts).encode());
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
        public boolean isForeign() {
            return true;
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
