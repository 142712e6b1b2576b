package dev.foreignarch.engine;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * A container of ForeignArch's own. It has no network, no capability and nothing to write on, unless said otherwise.
 *
 * @param image name or ID of the image
 * @param command the program and its arguments, which replace those of the image
 * @param mounts what of the engine's host the container sees
 * @param privileged whether the container has all of the engine's privileges
 * @param writable whether files of the container can be written and put there; they end with it
 * @param name name of the container, if it needs one: an engine has at most one container of a name. It may outlive the
 *     JVM that started it, so the engine removes it when it ends.
 */
@API(status = INTERNAL, since = "0.1")
public record ContainerSpec(
        String image,
        List<String> command,
        List<HostMount> mounts,
        boolean privileged,
        boolean writable,
        Optional<String> name) {

    /** Keep copies. */
    public ContainerSpec {
        command = List.copyOf(command);
        mounts = List.copyOf(mounts);
    }

    /** Make a container with the least privilege. */
    public static ContainerSpec of(String image, List<String> command) {
        return new ContainerSpec(image, command, List.of(), false, false, Optional.empty());
    }

    /** Show a directory of the engine's host. It must exist. */
    public ContainerSpec withMount(HostMount mount) {
        List<HostMount> more = new ArrayList<>(mounts);
        more.add(mount);
        return new ContainerSpec(image, command, more, privileged, writable, name);
    }

    /** Give the container all of the engine's privileges. */
    public ContainerSpec withPrivileges() {
        return new ContainerSpec(image, command, mounts, true, writable, name);
    }

    /** Let files of the container be written. */
    public ContainerSpec withWritableRoot() {
        return new ContainerSpec(image, command, mounts, privileged, true, name);
    }

    /** Give the container a name. */
    public ContainerSpec withName(String name) {
        return new ContainerSpec(image, command, mounts, privileged, writable, Optional.of(name));
    }

    /**
     * A directory of the engine's host.
     *
     * @param source path on the host
     * @param target path in the container
     * @param readOnly whether the container may only read it
     */
    public record HostMount(String source, String target, boolean readOnly) {}
}
