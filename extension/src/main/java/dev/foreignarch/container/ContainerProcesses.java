package dev.foreignarch.container;

import com.github.dockerjava.api.command.TopContainerResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.containers.GenericContainer;

/**
 * The command lines of a container's processes, as the engine shows them from outside. Nothing runs in the container for it.
 *
 * @param commands what is shown of each process
 * @param obstacle why nothing is shown; empty if it is
 */
record ContainerProcesses(List<String> commands, String obstacle) {

    static final String ENDED = "it had ended";
    static final String NOT_SHOWN = "the engine does not show its processes";

    private static final Logger LOG = LoggerFactory.getLogger(ContainerProcesses.class);

    ContainerProcesses {
        commands = List.copyOf(commands);
    }

    /**
     * Look at a container, by one call of the engine.
     *
     * @param podman whether the engine is Podman: it has words of its own for columns, and runs ps inside the container
     *     for the others
     */
    static ContainerProcesses of(GenericContainer<?> container, boolean podman) {
        String id = container.getContainerId();
        if (id == null) {
            return new ContainerProcesses(List.of(), ENDED);
        }
        try {
            TopContainerResponse shown = container
                    .getDockerClient()
                    .topContainerCmd(id)
                    .withPsArgs(podman ? "pid,ppid,args" : "-eo pid,ppid,args")
                    .exec();
            return of(shown.getTitles(), shown.getProcesses());
        } catch (ConflictException | NotFoundException ended) {
            return new ContainerProcesses(List.of(), ENDED);
        } catch (DockerException refused) {
            LOG.debug("The engine does not show the processes of {}", id, refused);
            return new ContainerProcesses(
                    List.of(), String.valueOf(refused.getMessage()).contains("not running") ? ENDED : NOT_SHOWN);
        }
    }

    /** Read what an engine answers; what the last column holds may be spread over several fields. */
    static ContainerProcesses of(String[] titles, String[][] processes) {
        List<String> names = Arrays.stream(titles)
                .map(title -> title.strip().toUpperCase(Locale.ROOT))
                .toList();
        int column = Math.max(names.indexOf("COMMAND"), Math.max(names.indexOf("CMD"), names.indexOf("ARGS")));
        if (column < 0 || column != names.size() - 1) {
            return new ContainerProcesses(List.of(), NOT_SHOWN);
        }
        List<String> commands = new ArrayList<>();
        for (String[] process : processes) {
            if (process.length > column) {
                commands.add(String.join(" ", Arrays.asList(process).subList(column, process.length))
                        .strip());
            }
        }
        return new ContainerProcesses(commands, "");
    }
}
