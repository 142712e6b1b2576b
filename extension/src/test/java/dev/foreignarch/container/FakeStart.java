package dev.foreignarch.container;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.engine.ContainerFile;
import dev.foreignarch.engine.EngineException;
import dev.foreignarch.engine.StartingPoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A container that is a few files in memory. */
final class FakeStart implements StartingPoint {

    private final List<String> command;
    private final Map<String, ContainerFile> files = new HashMap<>();
    private final Map<String, String> variables = new HashMap<>();
    private final List<String> reads = new ArrayList<>();
    private String directory = "/";

    FakeStart(String... command) {
        this.command = List.of(command);
    }

    FakeStart program(String path, Architecture architecture) {
        return file(path, path, true, architecture.elf().magic());
    }

    FakeStart script(String path, String text) {
        return file(path, path, true, text.getBytes(UTF_8));
    }

    FakeStart link(String path, String to) {
        ContainerFile file = files.get(to);
        return file(path, to, file.executable(), file.beginning());
    }

    FakeStart file(String asked, String path, boolean executable, byte[] content) {
        files.put(asked, new ContainerFile(asked, path, executable, content));
        return this;
    }

    FakeStart variable(String name, String value) {
        variables.put(name, value);
        return this;
    }

    FakeStart in(String newDirectory) {
        directory = newDirectory;
        return this;
    }

    List<String> reads() {
        return reads;
    }

    @Override
    public List<String> command() {
        return command;
    }

    @Override
    public String directory() {
        return directory;
    }

    @Override
    public Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name));
    }

    @Override
    public Optional<ContainerFile> find(String path, int length) {
        reads.add(path);
        if (path.startsWith("/forbidden")) {
            throw new EngineException("the engine does not copy " + path, null);
        }
        return Optional.ofNullable(files.get(path))
                .map(file -> new ContainerFile(
                        file.asked(),
                        file.path(),
                        file.executable(),
                        Arrays.copyOf(file.beginning(), Math.min(length, file.beginning().length))));
    }
}
