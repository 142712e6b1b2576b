package dev.foreignarch.engine;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apiguardian.api.API;

/**
 * A container of ForeignArch's own. It has no network, no capability and nothing to write on, unless said otherwise.
 *
 * @param image name or ID of the image
 * @param command the program and its arguments, which replace those of the image
 * @param mounts what of the engine's host the container sees
 * @param volumes names of volumes that the container can write to, by their absolute paths there. They are made if need be,
 *     and stay
 * @param privileged whether the container has all of the engine's privileges
 * @param writable whether files of the container can be written and put there; they end with it
 * @param name name of the container, if it needs one: an engine has at most one container of a name. It may outlive the
 *     JVM that started it, so the engine removes it when it ends.
 * @param input whether the container's program has an input, which ends with the connection of whoever starts it. The
 *     engine then removes the container when it ends
 */
@API(status = INTERNAL, since = "0.1")
public record ContainerSpec(
        String image,
        List<String> command,
        List<HostMount> mounts,
        Map<String, String> volumes,
        boolean privileged,
        boolean writable,
        Optional<String> name,
        boolean input) {

    /** Keep copies. */
    public ContainerSpec {
        command = List.copyOf(command);
        mounts = List.copyOf(mounts);
        volumes = Map.copyOf(volumes);
    }

    /** Make a container with the least privilege. */
    public static ContainerSpec of(String image, List<String> command) {
        return new ContainerSpec(image, command, List.of(), Map.of(), false, false, Optional.empty(), false);
    }

    /** Show a directory of the engine's host. It must exist. */
    public ContainerSpec withMount(HostMount mount) {
        List<HostMount> more = new ArrayList<>(mounts);
        more.add(mount);
        return new ContainerSpec(image, command, more, volumes, privileged, writable, name, input);
    }

    /** Let the container write to a volume. */
    public ContainerSpec withVolume(String name, String path) {
        Map<String, String> more = new TreeMap<>(volumes);
        more.put(path, name);
        return new ContainerSpec(image, command, mounts, more, privileged, writable, this.name, input);
    }

    /** Give the container all of the engine's privileges. */
    public ContainerSpec withPrivileges() {
        return new ContainerSpec(image, command, mounts, volumes, true, writable, name, input);
    }

    /** Let files of the container be written. */
    public ContainerSpec withWritableRoot() {
        return new ContainerSpec(image, command, mounts, volumes, privileged, true, name, input);
    }

    /** Give the container a name. */
    public ContainerSpec withName(String name) {
        return new ContainerSpec(image, command, mounts, volumes, privileged, writable, Optional.of(name), input);
    }

    /** Give the container's program an input. */
    public ContainerSpec withInput() {
        return new ContainerSpec(image, command, mounts, volumes, privileged, writable, name, true);
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
