package dev.foreignarch.container;

import java.util.AbstractList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.core.CreateContainerCmdModifier;

/**
 * Keeps a modifier of a container behind all others, whenever those are added: by the user after the container was bound,
 * by another extension, or by the container's own class when it is started.
 *
 * <p>Testcontainers tells nobody that it is about to run them. But each time it creates a container it reads the list of
 * extra hosts right before, so this is that list.
 */
final class LastModifier extends AbstractList<String> {

    private final GenericContainer<?> container;
    private final CreateContainerCmdModifier modifier;
    private final List<String> hosts;

    private LastModifier(GenericContainer<?> container, CreateContainerCmdModifier modifier, List<String> hosts) {
        this.container = container;
        this.modifier = modifier;
        this.hosts = hosts;
    }

    /** Let a modifier be the last one from now on. */
    static void keep(GenericContainer<?> container, CreateContainerCmdModifier modifier) {
        if (!(container.getExtraHosts() instanceof LastModifier)) {
            container.setExtraHosts(new LastModifier(container, modifier, container.getExtraHosts()));
        }
        moveBehindOthers(container, modifier);
    }

    static boolean isLast(GenericContainer<?> container, CreateContainerCmdModifier modifier) {
        @Nullable CreateContainerCmdModifier last = null;
        for (CreateContainerCmdModifier each : container.getCreateContainerCmdModifiers()) {
            last = each;
        }
        return last == modifier;
    }

    private static void moveBehindOthers(GenericContainer<?> container, CreateContainerCmdModifier modifier) {
        if (!isLast(container, modifier)) {
            Set<CreateContainerCmdModifier> all = container.getCreateContainerCmdModifiers();
            all.remove(modifier);
            all.add(modifier);
        }
    }

    @Override
    public int size() {
        moveBehindOthers(container, modifier);
        return hosts.size();
    }

    @Override
    public String get(int index) {
        return hosts.get(index);
    }

    @Override
    public String set(int index, String host) {
        return hosts.set(index, host);
    }

    @Override
    public void add(int index, String host) {
        hosts.add(index, host);
    }

    @Override
    public String remove(int index) {
        return hosts.remove(index);
    }
}
