package dev.foreignarch.emulation;

import dev.foreignarch.engine.ContainerSpec;
import dev.foreignarch.engine.Engine;
import dev.foreignarch.engine.EngineException;
import dev.foreignarch.engine.LoadedImage;
import dev.foreignarch.engine.RunningContainer;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps binfmt_misc mounted on a host that has not mounted it itself, for as long as this object is open.
 *
 * <p>Since Linux 6.7 handlers live only as long as some mount of binfmt_misc does. On such a host a container must
 * mount it, which takes the engine's privileges, and must stay: when it ends, all handlers are gone.
 */
final class TableHolder implements AutoCloseable {

    /** Seconds after which the container ends by itself when no JVM needs it anymore, be it that all were killed. */
    private static final String GRACE = "3";

    private final RunningContainer container;
    private final RunningContainer.Conversation lease;

    private TableHolder(RunningContainer container, RunningContainer.Conversation lease) {
        this.container = container;
        this.lease = lease;
    }

    /**
     * Mount binfmt_misc in a privileged container.
     *
     * @throws EngineException if the engine refuses such a container
     */
    static TableHolder start(Engine engine, LoadedImage image) {
        RunningContainer container = engine.start(
                ContainerSpec.of(image.name(), List.of(HelperImage.HELPER, "hold", HelperImage.TABLE, GRACE))
                        .withPrivileges());
        try {
            return new TableHolder(container, container.converse(List.of(HelperImage.HELPER, "lease"), "leased"));
        } catch (EngineException failed) {
            String words = container.output().strip();
            container.close();
            throw words.startsWith("mount ") ? notMounted(words, failed) : failed;
        }
    }

    private static EngineException notMounted(String words, EngineException cause) {
        int errno = Integer.parseInt(
                words.substring("mount ".length()).lines().findFirst().orElseThrow());
        return new EngineException("a privileged container can't mount binfmt_misc: " + Errno.describe(errno), cause);
    }

    /**
     * Register handlers, whose emulators are put into the container first.
     *
     * @return the kernel's answer to each: 0, or an error number
     */
    List<Integer> register(List<Handler> handlers, List<Emulator> emulators) {
        emulators.forEach(emulator -> container.put(emulator.path(), emulator.content()));
        List<String> command = new ArrayList<>(KernelTable.RegisterCommand.of(handlers));
        return KernelTable.RegisterCommand.answers(container.exec(command), handlers.size());
    }

    @Override
    public void close() {
        lease.close();
        container.close();
    }
}
