package dev.foreignarch.container;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.MountableFile;

/**
 * The files that a container copies from the JVM's machine. Testcontainers goes through them between the creation and the
 * start of a container, and has no other hook there; should another version do it otherwise, nothing is told.
 */
final class CopiedFiles extends LinkedHashMap<MountableFile, String> {

    private static final long serialVersionUID = 1L;

    private final transient Runnable afterwards;

    private CopiedFiles(Map<MountableFile, String> files, Runnable afterwards) {
        super(files);
        this.afterwards = afterwards;
    }

    /**
     * Watch a container.
     *
     * @param created what is to be done when the container has been created, and is not started; if it throws, it will not
     *     be
     */
    @SuppressWarnings("deprecation") // Testcontainers wants others to use withCopyFileToContainer, which still works.
    static void watch(GenericContainer<?> container, Runnable created) {
        container.setCopyToFileContainerPathMap(new CopiedFiles(container.getCopyToFileContainerPathMap(), created));
    }

    /** Return whether a container gets files from the JVM's machine that may be programs, or hold some. */
    @SuppressWarnings("deprecation")
    static boolean mayBePrograms(GenericContainer<?> container) {
        return container.getCopyToFileContainerPathMap().keySet().stream().anyMatch(TransferredFiles::isExecutable);
    }

    @Override
    public void forEach(BiConsumer<? super MountableFile, ? super String> action) {
        super.forEach(action);
        afterwards.run();
    }
}
