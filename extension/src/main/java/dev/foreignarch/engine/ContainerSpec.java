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
 * @param scratch directories that the container may write to; what is written there lives in memory and ends with it
 * @param name name of the container, if it needs one: an engine has at most one container of a name. It may outlive the
 *     JVM that started it, so the engine removes it when it ends.
 */
@API(status = INTERNAL, since = "0.1")
public record ContainerSpec(
        String image,
        List<String> command,
        List<HostMount> mounts,
        boolean privileged,
        List<String> scratch,
        Optional<String> name) {

    /** Keep copies. */
    public ContainerSpec {
        command = List.copyOf(command);
        mounts = List.copyOf(mounts);
        scratch = List.copyOf(scratch);
    }

    /** Make a container with the least privilege. */
    public static ContainerSpec of(String image, List<String> command) {
        return new ContainerSpec(image, command, List.of(), false, List.of(), Optional.empty());
    }

    /** Show a directory of the engine's host. It must exist. */
    public ContainerSpec withMount(HostMount mount) {
        List<HostMount> more = new ArrayList<>(mounts);
        more.add(mount);
        return new ContainerSpec(image, command, more, privileged, scratch, name);
    }

    /** Give the container all of the engine's privileges. */
    public ContainerSpec withPrivileges() {
        return new ContainerSpec(image, command, mounts, true, scratch, name);
    }

    /** Give the container a directory to write to. */
    public ContainerSpec withScratch(String directory) {
        List<String> more = new ArrayList<>(scratch);
        more.add(directory);
        return new ContainerSpec(image, command, mounts, privileged, more, name);
    }

    /** Give the container a name. */
    public ContainerSpec withName(String name) {
        return new ContainerSpec(image, command, mounts, privileged, scratch, Optional.of(name));
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
