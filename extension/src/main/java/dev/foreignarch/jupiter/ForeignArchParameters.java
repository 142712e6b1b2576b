package dev.foreignarch.jupiter;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import dev.foreignarch.container.ContainerBinding;
import dev.foreignarch.emulation.EmulationSettings;
import dev.foreignarch.program.ProgramSettings;
import org.apiguardian.api.API;

/**
 * Names of the configuration parameters that ForeignArch reads.
 *
 * <p>They are JUnit's configuration parameters. A parameter given to the launcher (by a build tool) wins over a system
 * property, and that wins over {@code junit-platform.properties} at the root of the class path:
 *
 * <pre>{@code
 * mvn test -Dforeignarch.only=arm32v7,s390x
 * }</pre>
 *
 * A value that has no meaning is refused, with what is allowed, and so is a parameter {@code foreignarch.*} that does not
 * exist. A blank value is as good as none.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public final class ForeignArchParameters {

    /**
     * Architectures to run on, separated by commas, out of those that the tests declare; by default all of them. Value:
     * {@value}.
     *
     * <p>Any name of an architecture will do, whichever the tests use. A class or a {@link ForeignArchTest} is not
     * repeated for an architecture that is left out, and a test whose own {@link ForeignArch} names it is skipped with
     * that reason. So a CI can give each of its machines some of the architectures without changing a test.
     */
    public static final String ONLY = "foreignarch.only";

    /**
     * What becomes of a run that {@link #ONLY} selects nothing of, though its tests declare architectures: {@code fail} (the
     * default), since nothing has been tested; or {@code pass}, where the tests of other modules declare what is selected.
     * Either way a warning says what was selected and what there is. Value: {@value}.
     */
    public static final String UNMATCHED = "foreignarch.unmatched";

    /**
     * Whether the kernel's table of emulators may be written to when an architecture does not run otherwise:
     * {@code auto} (the default), {@code never}, {@code temporary}, {@code repair} or {@code namespace}. Value:
     * {@value}.
     *
     * @see dev.foreignarch.emulation.Registration
     */
    public static final String REGISTRATION = EmulationSettings.REGISTRATION;

    /**
     * What becomes of a test whose architecture can't run: {@code fail} (the default) or {@code skip}, each with the
     * diagnosis as its reason. Value: {@value}.
     */
    public static final String UNAVAILABLE = "foreignarch.unavailable";

    /**
     * What becomes of a test that passed without using its architecture: {@code fail} (the default), with what to write; or
     * {@code pass}, with a mark in the report. Value: {@value}.
     *
     * <p>A test uses its architecture if a container bound to it was up, a program for it ran, or somebody asked for the
     * {@link dev.foreignarch.arch.Architecture}: then it may be a plain computation. All of a {@link ForeignJvm} class does.
     */
    public static final String UNUSED = "foreignarch.unused";

    /**
     * Which containers run on the architecture of the test that starts them: {@code bound} (the default), those with
     * {@link ForeignContainer}, and those bound by {@link dev.foreignarch.container.ForeignContainers}; or {@code all} that
     * Testcontainers creates for the test, whoever starts them: its own extension, {@code jdbc:tc:}, or the test. Value:
     * {@value}.
     *
     * <p>Not bound are what Testcontainers starts for its own sake, what Compose starts, a container whose creator has
     * chosen a platform, and what is started once for a class that runs on several architectures. Testcontainers still pulls
     * the image for the engine's own platform first. An architecture without a handler in the kernel's table is refused.
     */
    public static final String CONTAINERS = "foreignarch.containers";

    /**
     * Image that a static QEMU is taken from, best with its digest: {@code repository@sha256:…}. By default a known image
     * or the machine's own {@code qemu-user-static} is used. Value: {@value}.
     */
    public static final String HELPER_IMAGE = EmulationSettings.HELPER_IMAGE;

    /**
     * How long a container made of an image name may take to start: a number of seconds such as {@code 300}, or an
     * ISO-8601 duration such as {@code PT5M} (the default). Value: {@value}.
     *
     * <p>A container that a test makes itself keeps its own time-out: Testcontainers tells nobody what that is, and many
     * containers share one object that holds it, so that it can't be changed for one of them. Give such a container more
     * time with a strategy of its own, {@link dev.foreignarch.container.ForeignContainers#portsServed}.
     *
     * <p>A foreign JVM may take as long from its container's start to its greeting.
     */
    public static final String STARTUP_TIMEOUT = "foreignarch.startup.timeout";

    /**
     * How many emulated containers may start at once when tests run in parallel: a number from 1 on. By default two for
     * each processor of the engine's host, but no more than one for each 512 MiB of its memory. Value: {@value}.
     *
     * <p>A start that has to wait does not use up its time-out. Containers that are up count no longer: how many of them
     * there are is up to the tests that run at the same time.
     */
    public static final String PARALLELISM = ContainerBinding.PARALLELISM;

    /**
     * Whether there is a container engine: {@code auto} (the default), the one that Testcontainers finds; or {@code none},
     * and then static programs run on the JVM's own machine, a Linux with {@code qemu-user-static}, and containers are
     * refused. Value: {@value}.
     *
     * @see ForeignProgram
     */
    public static final String ENGINE = "foreignarch.engine";

    /**
     * What QEMU records of programs: {@code syscalls}, which is published beside a failing test, or {@code none} (the
     * default). Value: {@value}.
     *
     * @see ForeignProgram
     */
    public static final String TRACE = ProgramSettings.TRACE;

    /**
     * Port where each program waits for a debugger before it starts. Value: {@value}.
     *
     * @see ForeignProgram
     */
    public static final String GDB_PORT = ProgramSettings.GDB_PORT;

    /**
     * How much a run of a program may write to its standard output, and as much again to its standard error, in MiB; 16 by
     * default. A program that writes more is killed. Value: {@value}.
     *
     * @see ForeignProgram
     */
    public static final String PROGRAM_OUTPUT = ProgramSettings.OUTPUT;

    /**
     * Folder of the table of tests and architectures, as an absolute path or from the module's folder on; or {@code none}.
     * By default {@code target/foreignarch} of a Maven module, {@code build/foreignarch} of a Gradle project. Value:
     * {@value}.
     *
     * <p>There, {@code matrix.html} and {@code matrix.md} show what became of each test on each architecture. All JVMs of
     * one build add to one table; with the same folder for several modules, so do these:
     *
     * <pre>{@code
     * mvn verify -Dforeignarch.report=$PWD/target/foreignarch
     * }</pre>
     *
     * Where GitHub Actions asks for a summary of a step, the table is added to it.
     */
    public static final String REPORT = "foreignarch.report";

    private ForeignArchParameters() {}
}
