package dev.foreignarch.jupiter;

import com.github.dockerjava.api.command.CreateContainerCmd;
import dev.foreignarch.arch.Architecture;
import dev.foreignarch.emulation.EmulationRequest;
import dev.foreignarch.emulation.Verdict;
import dev.foreignarch.program.Program;
import dev.foreignarch.program.ProgramSpec;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.testcontainers.containers.GenericContainer;

/** What the extension asks of the container engine and its kernel. There is one for all tests of a launcher session. */
interface ForeignHost extends AutoCloseable {

    /**
     * Make architectures run, if that can be done.
     *
     * @return a verdict for each
     */
    Map<Architecture, Verdict> prepare(Collection<Architecture> architectures);

    /** Make a container of an image, not started. */
    GenericContainer<?> create(String image, Architecture architecture, EmulationRequest request);

    /** Let a container run on an architecture when it is started, also one that was bound to another before. */
    void bind(GenericContainer<?> container, Architecture architecture, EmulationRequest request);

    /**
     * Let a container that another one depends on run on an architecture, too, unless it has been started, or the user has
     * bound it.
     *
     * @return whether it is bound now
     */
    boolean bindDependency(GenericContainer<?> dependency, Architecture architecture, EmulationRequest request);

    /** Let a container run on an architecture of which only the command is known that creates it. */
    void bind(CreateContainerCmd create, Architecture architecture, EmulationRequest request);

    /** Return the architecture of a container's image, by its name or ID, if that is known. */
    Optional<Architecture> architectureOf(String image);

    /** Start a container that was made or bound here, and explain it if that fails. */
    void start(GenericContainer<?> container);

    /** Return what a container that was started here, or failed to start, has printed. */
    String log(GenericContainer<?> container);

    /** Return what runs a container that was started here, in a few words. */
    String summary(GenericContainer<?> container);

    /** Return what was seen to run in a container that was started here, and is not of its architecture. */
    List<String> observations(GenericContainer<?> container);

    /** Look once more at what runs in a container that was started here; throw if none of it is of its architecture. */
    void lookBeforeStop(GenericContainer<?> container);

    /** Make architectures run for single programs, which need no handler of the kernel. */
    Map<Architecture, Verdict> prepareSinglePrograms(Collection<Architecture> architectures);

    /** Make a program ready to run. */
    Program program(ProgramSpec spec, Architecture architecture);

    @Override
    void close();
}
