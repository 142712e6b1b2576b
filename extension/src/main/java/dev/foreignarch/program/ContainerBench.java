package dev.foreignarch.program;

import dev.foreignarch.arch.Platform;
import dev.foreignarch.emulation.Emulation;
import dev.foreignarch.engine.Engine;
import dev.foreignarch.engine.WarmContainer;
import dev.foreignarch.image.PinnedImage;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A warm container, in which a run costs much less than an exec of the engine. */
final class ContainerBench implements Bench {

    private static final String HOME = "/foreignarch/";
    private static final String RUNNER = HOME + "runner";

    private final WarmContainer container;
    private final Set<String> installed = new HashSet<>();
    private final AtomicInteger directories = new AtomicInteger();
    private @Nullable SharedExec shared;

    private ContainerBench(WarmContainer container) {
        this.container = container;
    }

    /** Start a container that holds nothing but what is installed in it, and what little is in our image. */
    static ContainerBench empty(Emulation emulation, OptionalInt port) {
        Engine engine = emulation.engine();
        Platform platform = engine.facts().architecture().platform();
        return new ContainerBench(start(engine, emulation.helperImage(), platform, Map.of("/tmp/", new byte[0]), port));
    }

    /** Start a container of an image. */
    static ContainerBench of(Engine engine, PinnedImage image, OptionalInt port) {
        return new ContainerBench(start(engine, image.id(), image.platform(), Map.of(), port));
    }

    /** The first process is native, so that even the container of an architecture that has no handler starts. */
    private static WarmContainer start(
            Engine engine, String image, Platform platform, Map<String, byte[]> more, OptionalInt port) {
        Map<String, byte[]> files = new TreeMap<>(more);
        files.put(RUNNER, RunnerProgram.forHost(engine.facts().architecture()));
        files.put(HOME + "work/", new byte[0]);
        return WarmContainer.start(engine, image, platform, files, List.of(RUNNER, "rest"), port);
    }

    @Override
    public String runner() {
        return RUNNER;
    }

    @Override
    public synchronized String install(String name, byte[] content) {
        String path = HOME + "programs/" + digest(content) + "/" + name;
        if (!installed.contains(path)) {
            container.put(Map.of(path, content));
            installed.add(path);
        }
        return path;
    }

    @Override
    public String newDirectory(String purpose) {
        return HOME + "work/" + purpose + "-" + directories.incrementAndGet();
    }

    @Override
    public void write(Map<String, byte[]> files) {
        container.put(files);
    }

    @Override
    public Map<String, byte[]> read(String path) {
        return container.read(path);
    }

    @Override
    public Connection start(
            List<String> command,
            Map<String, String> environment,
            @Nullable InputStream stdin,
            OutputStream stdout,
            OutputStream stderr) {
        Optional<Connection> started =
                stdin == null ? shared().start(command, environment, stdout, stderr) : Optional.empty();
        return started.orElseGet(() -> container.execute(command, environment, stdin, stdout, stderr)::awaitEnd);
    }

    private synchronized SharedExec shared() {
        SharedExec known = shared;
        if (known == null) {
            known = new SharedExec(container, RUNNER);
            shared = known;
        }
        return known;
    }

    @Override
    public void close() {
        Closing.all(List.of(this::closeShared, container::close));
    }

    private synchronized void closeShared() {
        if (shared != null) {
            shared.close();
        }
    }

    private static String digest(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException exception) {
            throw new IllegalStateException("every JDK has SHA-256", exception);
        }
    }
}
