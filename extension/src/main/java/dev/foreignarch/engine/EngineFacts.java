package dev.foreignarch.engine;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.api.model.Version;
import com.github.dockerjava.api.model.VersionComponent;
import dev.foreignarch.arch.Architecture;
import java.util.List;
import java.util.Objects;
import org.apiguardian.api.API;

/**
 * What an engine says of itself and of its host. The host is the engine's, which may be another machine than the JVM's.
 *
 * @param product {@code Docker} or {@code Podman}
 * @param version version of the product
 * @param architecture architecture of the engine's host
 * @param kernel release of the host's kernel, as {@code uname -r} prints it
 * @param imageStore how images are kept
 * @param rootless whether the engine runs without the host's root privileges
 * @param processors how many processors the host has; at least 1
 * @param memory the host's memory in bytes; 0 if the engine does not tell
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public record EngineFacts(
        String product,
        String version,
        Architecture architecture,
        String kernel,
        ImageStore imageStore,
        boolean rootless,
        int processors,
        long memory) {

    static EngineFacts of(Version version, Info info) {
        return new EngineFacts(
                product(version),
                Objects.requireNonNullElse(version.getVersion(), "unknown"),
                Architecture.of(Objects.requireNonNullElse(version.getArch(), "unknown")),
                Objects.requireNonNullElse(info.getKernelVersion(), "unknown"),
                imageStore(info),
                isRootless(info),
                Math.max(1, Objects.requireNonNullElse(info.getNCPU(), 1)),
                Objects.requireNonNullElse(info.getMemTotal(), 0L));
    }

    /**
     * Compare the kernel's release.
     *
     * @param major first number
     * @param minor second number
     * @return whether the kernel is that or newer; true for a release that is not in the usual form
     */
    public boolean kernelAtLeast(int major, int minor) {
        String[] numbers = kernel.split("[^0-9]+", 3);
        if (numbers.length < 2 || numbers[0].isEmpty() || numbers[1].isEmpty()) {
            return true;
        }
        int actualMajor = Integer.parseInt(numbers[0]);
        return actualMajor > major || (actualMajor == major && Integer.parseInt(numbers[1]) >= minor);
    }

    /** Return the facts in one line, for example {@code Docker 26.1.5 on amd64, Linux 6.18.44}. */
    @Override
    public String toString() {
        return product + " " + version + (rootless ? " (rootless)" : "") + " on " + architecture + ", Linux " + kernel;
    }

    private static String product(Version version) {
        List<VersionComponent> components = Objects.requireNonNullElse(version.getComponents(), List.of());
        return components.stream()
                        .map(component -> Objects.requireNonNullElse(component.getName(), ""))
                        .anyMatch(name -> name.contains("Podman"))
                ? "Podman"
                : "Docker";
    }

    private static ImageStore imageStore(Info info) {
        List<List<String>> statuses = Objects.requireNonNullElse(info.getDriverStatuses(), List.of());
        return statuses.stream().anyMatch(pair -> pair.contains("io.containerd.snapshotter.v1"))
                ? ImageStore.CONTAINERD
                : ImageStore.CLASSIC;
    }

    private static boolean isRootless(Info info) {
        List<String> options = Objects.requireNonNullElse(info.getSecurityOptions(), List.of());
        return options.stream().anyMatch(option -> option.contains("rootless"));
    }
}
