package dev.foreignarch.container;

import dev.foreignarch.engine.ContainerFile;
import dev.foreignarch.engine.StartingPoint;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.Transferable;

/**
 * The files that a test puts into a container from memory. They come last before the start, so that they replace what the
 * image has.
 */
final class TransferredFiles {

    private static final Logger LOG = LoggerFactory.getLogger(TransferredFiles.class);
    private static final int EXECUTABLE_BY_ANYBODY = 0111;

    private final Map<String, Transferable> byPath;

    private TransferredFiles(Map<Transferable, String> paths) {
        this.byPath = new HashMap<>();
        paths.forEach((file, path) -> byPath.put(path, file));
    }

    /** Return the files of a container; absent if Testcontainers does not tell, which it does to nobody but itself. */
    static Optional<TransferredFiles> of(GenericContainer<?> container) {
        try {
            Method getter = GenericContainer.class.getDeclaredMethod("getCopyToTransferableContainerPathMap");
            getter.setAccessible(true);
            Map<Transferable, String> paths = new LinkedHashMap<>();
            if (getter.invoke(container) instanceof Map<?, ?> told) {
                told.forEach((file, path) -> paths.put((Transferable) file, (String) path));
            }
            return Optional.of(new TransferredFiles(paths));
        } catch (ReflectiveOperationException | InaccessibleObjectException notTold) {
            LOG.debug("Testcontainers does not tell which files it will copy", notTold);
            return Optional.empty();
        }
    }

    /** Return whether one of them may be a program, or hold one. */
    boolean mayBePrograms() {
        return byPath.values().stream().anyMatch(TransferredFiles::isExecutable);
    }

    static boolean isExecutable(Transferable file) {
        return (file.getFileMode() & EXECUTABLE_BY_ANYBODY) != 0;
    }

    /** Return what a container starts with when these files are in it. */
    StartingPoint in(StartingPoint container) {
        return new StartingPoint() {

            @Override
            public List<String> command() {
                return container.command();
            }

            @Override
            public String directory() {
                return container.directory();
            }

            @Override
            public Optional<String> variable(String name) {
                return container.variable(name);
            }

            @Override
            public Optional<ContainerFile> find(String path, int length) {
                if (byPath.containsKey(path)) {
                    return transferred(path, path, length);
                }
                Optional<ContainerFile> found = container.find(path, length);
                return found.isPresent() && isReplaced(found.get().path())
                        ? transferred(path, found.get().path(), length)
                        : found;
            }
        };
    }

    private boolean isReplaced(String path) {
        return byPath.containsKey(path) || folders().anyMatch(path::startsWith);
    }

    /** What a directory holds is known when it has been copied. */
    private Stream<String> folders() {
        return byPath.entrySet().stream()
                .filter(entry -> entry.getValue().getBytes().length == 0)
                .map(entry -> entry.getKey() + (entry.getKey().endsWith("/") ? "" : "/"));
    }

    private Optional<ContainerFile> transferred(String asked, String path, int length) {
        return Optional.ofNullable(byPath.get(path))
                .filter(file -> file.getBytes().length > 0)
                .map(file -> new ContainerFile(
                        asked,
                        path,
                        isExecutable(file),
                        Arrays.copyOf(file.getBytes(), Math.min(length, file.getBytes().length))));
    }
}
