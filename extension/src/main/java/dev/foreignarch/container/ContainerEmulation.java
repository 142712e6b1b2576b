package dev.foreignarch.container;

import static java.util.function.Predicate.not;

import com.github.dockerjava.api.command.CreateContainerCmd;
import dev.foreignarch.arch.Architecture;
import dev.foreignarch.emulation.ArchitectureUnavailableException;
import dev.foreignarch.emulation.Diagnosis;
import dev.foreignarch.emulation.Emulation;
import dev.foreignarch.emulation.EmulationMode;
import dev.foreignarch.emulation.EmulationRequest;
import dev.foreignarch.emulation.Emulator;
import dev.foreignarch.emulation.SingleProgramEmulation;
import dev.foreignarch.emulation.Verdict;
import dev.foreignarch.engine.DormantContainer;
import dev.foreignarch.engine.Engine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.Transferable;

/** How the programs of one container are emulated, and what that takes. */
final class ContainerEmulation {

    private static final int EXECUTABLE = 0755;

    private final Engine engine;
    private final SingleProgramEmulation decided;
    private final Optional<Transferable> emulator;

    private ContainerEmulation(Engine engine, SingleProgramEmulation decided) {
        this.engine = engine;
        this.decided = decided;
        this.emulator = decided.emulator().map(found -> Transferable.of(found.content(), EXECUTABLE));
    }

    static ContainerEmulation decide(Emulation emulation, Architecture architecture, EmulationRequest request) {
        return new ContainerEmulation(emulation.engine(), emulation.forSingleProgram(architecture, request));
    }

    Verdict verdict() {
        return decided.verdict();
    }

    String summary() {
        return verdict().summary()
                + decided.request().cpu().map(model -> ", CPU model " + model).orElse("");
    }

    /** Return the model of the CPU that the user has asked for. */
    Optional<String> cpu() {
        return decided.request().cpu();
    }

    /**
     * Change what a container is created of.
     *
     * @param create of the right image and platform, as it would be without emulation
     */
    void apply(GenericContainer<?> container, CreateContainerCmd create) {
        setVariables(create);
        decided.emulator().ifPresent(found -> putBeforeCommand(found, container, create));
    }

    /** Return whether the container needs an emulator of its own. */
    boolean needsEmulatorInside() {
        return emulator.isPresent();
    }

    /** Tell an emulator outside of the container what is asked for. */
    void setVariables(CreateContainerCmd create) {
        cpu().ifPresent(model -> setUnlessSet(create, "QEMU_CPU", model));
    }

    private void putBeforeCommand(Emulator found, GenericContainer<?> container, CreateContainerCmd create) {
        String path = "/foreignarch/qemu-" + found.target() + "-static";
        StartingProgram program;
        try (DormantContainer look = DormantContainer.like(engine, create)) {
            program = StartingProgram.of(look);
        }
        program.starter().ifPresent(starter -> refuse(container.getDockerImageName(), program.path(), starter));
        emulator.ifPresent(file -> container.withCopyToContainer(file, path));
        create.withEntrypoint(program.emulated(path, decided.architecture())).withCmd(List.of());
    }

    private void refuse(String image, String program, String starter) {
        String found = image + " starts with the script " + program + ", and " + starter
                + " starts other programs. An emulator that is put before a command runs one program and none that it"
                + " starts: those need a handler in the kernel's table";
        String other = "let the container start with the program itself: container.withCreateContainerCmdModifier("
                + "create -> create.withEntrypoint(\"/path/of/program\"))";
        if (decided.ofEngine() instanceof Verdict.Unavailable unavailable) {
            Diagnosis why = unavailable.diagnosis();
            throw new ArchitectureUnavailableException(new Diagnosis(
                    why.architecture(),
                    found + ". There is none: " + why.cause(),
                    why.evidence(),
                    other + ". Or " + why.remedy()));
        }
        boolean forced = decided.request().mode() == EmulationMode.EXPLICIT;
        throw new ForeignContainerException(found + ", "
                + (forced
                        ? "which emulation = EXPLICIT does without.\n  try: leave it out, or "
                        : "and a CPU model needs QEMU, while " + decided.architecture() + " is "
                                + decided.ofEngine().summary() + " here.\n  try: leave cpu out, or ")
                + other + ".");
    }

    private static void setUnlessSet(CreateContainerCmd create, String name, String value) {
        List<String> variables =
                new ArrayList<>(Arrays.asList(Objects.requireNonNullElse(create.getEnv(), new String[0])));
        if (variables.stream().allMatch(not(variable -> variable.startsWith(name + "=")))) {
            variables.add(name + "=" + value);
            create.withEnv(variables);
        }
    }
}
