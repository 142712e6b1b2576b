package dev.foreignarch.jvm.launch;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apiguardian.api.API;

/** Starts JVMs of this machine's own architecture, as processes: to try everything but the architecture. */
@API(status = INTERNAL, since = "0.1")
public final class ProcessLauncher implements JvmLauncher {

    @Override
    public StartedJvm start(JvmSpec spec, Output output) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JvmCommandLine.arguments(
                spec,
                TestClassPath.ofThisJvm().entries().stream().map(Path::toString).toList(),
                File.pathSeparator,
                Optional.empty()));
        try {
            return new JvmProcess(new ProcessBuilder(command).start(), output);
        } catch (IOException refused) {
            throw new JvmStartException("A JVM can't be started: " + refused.getMessage(), refused);
        }
    }

    @Override
    public void close() {
        // Nothing is kept.
    }

    private static final class JvmProcess implements StartedJvm {
        private final Process process;
        private final Thread errors;

        JvmProcess(Process process, Output output) {
            this.process = process;
            this.errors = pump(process.getErrorStream(), bytes -> {
                synchronized (this) {
                    output.stderr(bytes);
                }
            });
            Thread stdout = new Thread(
                    () -> {
                        copy(process.getInputStream(), bytes -> {
                            synchronized (this) {
                                output.stdout(bytes);
                            }
                        });
                        awaitErrors();
                        output.end();
                    },
                    "foreignarch-stdout");
            stdout.setDaemon(true);
            stdout.start();
        }

        private void awaitErrors() {
            try {
                errors.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        private static Thread pump(InputStream stream, Consumer<byte[]> sink) {
            Thread thread = new Thread(() -> copy(stream, sink), "foreignarch-stderr");
            thread.setDaemon(true);
            thread.start();
            return thread;
        }

        private static void copy(InputStream stream, Consumer<byte[]> sink) {
            byte[] buffer = new byte[1 << 16];
            try {
                for (int length = stream.read(buffer); length >= 0; length = stream.read(buffer)) {
                    sink.accept(Arrays.copyOf(buffer, length));
                }
            } catch (IOException closed) {
                // The process is gone, and its streams with it.
            }
        }

        @Override
        public OutputStream input() {
            return process.getOutputStream();
        }

        @Override
        public String description() {
            return "process " + process.pid() + " of this machine";
        }

        @Override
        public boolean isForeign() {
            return false;
        }

        @Override
        public OptionalInt awaitExit(Duration limit) {
            try {
                return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)
                        ? OptionalInt.of(process.exitValue())
                        : OptionalInt.empty();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return OptionalInt.empty();
            }
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
