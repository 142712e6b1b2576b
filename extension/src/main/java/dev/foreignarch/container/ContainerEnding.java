package dev.foreignarch.container;

import com.github.dockerjava.api.command.InspectContainerResponse;
import java.util.Optional;

/**
 * How a container ended.
 *
 * @param exitCode its exit code; 128 and a signal's number if the program was killed
 * @param outOfMemory whether the kernel killed it for want of memory
 * @param memoryLimit the limit of its memory in bytes, or 0
 */
record ContainerEnding(long exitCode, boolean outOfMemory, long memoryLimit) {

    /** Return how a container ended, if it has. */
    static Optional<ContainerEnding> of(InspectContainerResponse container) {
        InspectContainerResponse.ContainerState state = container.getState();
        if (state == null || Boolean.TRUE.equals(state.getRunning()) || state.getExitCodeLong() == null) {
            return Optional.empty();
        }
        Long limit = container.getHostConfig() == null
                ? null
                : container.getHostConfig().getMemory();
        return Optional.of(new ContainerEnding(
                state.getExitCodeLong(), Boolean.TRUE.equals(state.getOOMKilled()), limit == null ? 0 : limit));
    }
}
