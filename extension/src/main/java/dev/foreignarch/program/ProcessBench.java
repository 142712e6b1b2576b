package dev.foreignarch.program;

import static java.util.Comparator.reverseOrder;

import dev.foreignarch.arch.Architecture;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The JVM's own machine: programs are plain processes, in directories below a temporary one. */
final class ProcessBench implements Bench {

    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private final Path home;
    private final Path runner;
    private final AtomicInteger directories = new AtomicInteger();

    ProcessBench(Architecture host) {
        try {
            this.home = Files.createTempDirectory("foreignarch-");
        } catch (IOException exception) {
            throw new UncheckedIOException("there is no room for temporary files", exception);
        }
        this.runner = home.resolve("runner");
        write(Map.of(runner.toString(), RunnerProgram.forHost(host)));
    }

    @Override
    public String runner() {
        return runner.toString();
    }

    @Override
    public synchronized String install(String name, byte[] content) {
        Path program = home.resolve("programs-" + directories.incrementAndGet()).resolve(name);
        write(Map.of(program.toString(), content));
        return program.toString();
    }

    @Override
    public String newDirectory(String purpose) {
        return home.resolve(purpose + "-" + directories.incrementAndGet()).toString();
    }

    @Override
    public void write(Map<String, byte[]> files) {
        try {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                Path path = Path.of(file.getKey());
                if (file.getKey().endsWith("/")) {
                    Files.createDirectories(path);
                } else {
                    Files.createDirectories(path.getParent());
                    Files.write(path, file.getValue());
                    if (!path.toFile().setExecutable(true)) {
                        throw new IOException("no file on this file system may be executed");
                    }
                }
            }
        } catch (IOException exception) {
            throw new UncheckedIOException("writing " + String.join(", ", files.keySet()) + " failed", exception);
        }
    }

    @Override
    public Map<String, byte[]> read(String path) {
        Map<String, byte[]> contents = new TreeMap<>();
        Path start = Path.of(path).normalize();
        try (Stream<Path> files = Files.walk(start)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String below = start.relativize(file).toString();
                contents.put(start.getFileName() + (below.isEmpty() ? "" : "/" + below), Files.readAllBytes(file));
            }
            return contents;
        } catch (NoSuchFileException absent) {
            return contents;
        } catch (IOException exception) {
            throw new UncheckedIOException("reading " + path + " failed", exception);
        }
    }

    @Override
    public Connection start(
            List<String> command,
            Map<String, String> environment,
            @Nullable InputStream stdin,
            OutputStream stdout,
            OutputStream stderr) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().put("PATH", PATH);
        builder.environment().putAll(environment);
        if (stdin == null) {
            builder.redirectInput(new File("/dev/null"));
        }
        try {
            Process process = builder.start();
            List<Thread> threads = new ArrayList<>();
            threads.add(copy(process.getInputStream(), stdout));
            threads.add(copy(process.getErrorStream(), stderr));
            if (stdin != null) {
                copy(stdin, process.getOutputStream());
            }
            return limit -> awaitEnd(threads, limit);
        } catch (IOException refused) {
            throw new UncheckedIOException("the runner can't be started", refused);
        }
    }

    private static boolean awaitEnd(List<Thread> threads, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        for (Thread thread : threads) {
            thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
        }
        return threads.stream().noneMatch(Thread::isAlive);
    }

    private static Thread copy(InputStream from, OutputStream to) {
        Thread thread = new Thread(
                () -> {
                    try (from;
                            to) {
                        byte[] buffer = new byte[8192];
                        for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
                            to.write(buffer, 0, count);
                            to.flush();
                        }
                    } catch (IOException nobodyListens) {
                        // A program may end before it has read all of its input.
                    }
                },
                "foreignarch-stream");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(home)) {
            files.sorted(reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (NoSuchFileException gone) {
            // Then there is nothing to remove.
        } catch (IOException exception) {
            throw new UncheckedIOException("removing " + home + " failed", exception);
        }
    }
}
