package dev.foreignarch.emulation;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.engine.EngineFacts;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts what was seen of an architecture that does not run into a {@link Diagnosis}: one cause, the evidence, one remedy.
 *
 * @param architecture the architecture
 * @param outcome how its probe ended
 * @param table the kernel's table
 * @param facts the engine
 */
record Findings(Architecture architecture, ProbeOutcome outcome, HandlerTable table, EngineFacts facts) {

    Diagnosis forbidden() {
        return diagnosis(
                "the kernel of the engine's host has no working handler for them, and " + EmulationSettings.REGISTRATION
                        + "=never forbids ForeignArch to register one.",
                List.of(),
                "leave " + EmulationSettings.REGISTRATION + " at 'auto', or register a handler yourself before the"
                        + " tests, for example with: docker run --privileged --rm " + QemuSource.DEFAULT_IMAGE
                        + " --install " + architecture.platform().architecture());
    }

    Diagnosis rootless() {
        return diagnosis(
                "the kernel of the engine's host has no working handler for them, and a rootless engine can't register"
                        + " one for the host.",
                List.of(),
                "let root register handlers on the host, for example with: sudo apt-get install qemu-user-static");
    }

    Diagnosis tableDisabled() {
        return diagnosis(
                "the kernel's table of handlers (binfmt_misc) is switched off as a whole.",
                List.of(HandlerTable.PATH + "/status reads 'disabled'"),
                "switch it on, on the engine's host: echo 1 | sudo tee " + HandlerTable.PATH + "/status");
    }

    Diagnosis tableMissing() {
        return diagnosis(
                "the kernel of the engine's host has no binfmt_misc, the table of handlers for foreign programs.",
                List.of("the engine's host has no directory " + HandlerTable.PATH),
                "load the module on the engine's host (sudo modprobe binfmt_misc), or use another host: some minimal"
                        + " kernels are built without it.");
    }

    Diagnosis handlerDisabled(Handler handler) {
        return diagnosis(
                "their handler '" + handler.name() + "' is registered, but switched off.",
                List.of(handler.describe()),
                "switch it on, on the engine's host: echo 1 | sudo tee " + HandlerTable.PATH + "/" + handler.name());
    }

    Diagnosis handlerBroken(Handler handler) {
        return diagnosis(
                "their handler '" + handler.name() + "' is registered, but does not work in containers"
                        + (handler.fixed() ? "." : " that lack its interpreter: it has no flag F."),
                List.of(handler.describe()),
                "remove it on the engine's host, and ForeignArch registers a working one: echo -1 | sudo tee "
                        + HandlerTable.PATH + "/" + handler.name());
    }

    Diagnosis nameTaken(Handler handler) {
        return diagnosis(
                "the name of their handler, '" + handler.name() + "', is taken by an entry for other programs.",
                List.of(handler.describe()),
                "remove it on the engine's host, and ForeignArch registers the right one: echo -1 | sudo tee "
                        + HandlerTable.PATH + "/" + handler.name());
    }

    Diagnosis noEmulator(EmulatorNotFoundException notFound) {
        return diagnosis(
                "no emulator for them was found.",
                List.of(String.valueOf(notFound.getMessage())),
                "name an image that has a static qemu-" + architecture.qemuTarget() + " with "
                        + EmulationSettings.HELPER_IMAGE + "=…, or install one on this machine: sudo apt-get install"
                        + " qemu-user-static");
    }

    Diagnosis registrarRefused(Throwable refusal) {
        return diagnosis(
                "a handler must be registered, and the engine does not run the container that would do it.",
                List.of(String.valueOf(refusal.getMessage())),
                table.state() == HandlerTable.State.UNMOUNTED
                        ? "mount the table on the engine's host, then no privileged container is needed: sudo mount -t"
                                + " binfmt_misc binfmt_misc " + HandlerTable.PATH
                        : "let root register a handler on the engine's host: sudo apt-get install qemu-user-static");
    }

    Diagnosis registrationRefused(int errno) {
        return diagnosis(
                "the kernel refused to register an emulator.",
                List.of("writing to " + HandlerTable.PATH + "/register: " + Errno.describe(errno)),
                errno == Errno.EINVAL && !facts.kernelAtLeast(4, 8)
                        ? "use a newer kernel: handlers that work in containers need Linux 4.8."
                        : "let root register a handler on the engine's host: sudo apt-get install qemu-user-static");
    }

    Diagnosis stillFailing() {
        return diagnosis(
                "an emulator was registered, but a new container still can't run them.",
                table.matching(architecture.elf()).stream()
                        .map(Handler::describe)
                        .toList(),
                "try another emulator with " + EmulationSettings.HELPER_IMAGE + "=…; the one that was registered is"
                        + " removed on the engine's host with: echo -1 | sudo tee " + HandlerTable.PATH + "/qemu-"
                        + architecture.qemuTarget());
    }

    private Diagnosis diagnosis(String cause, List<String> more, String remedy) {
        List<String> evidence = new ArrayList<>(List.of(outcome.describe()));
        evidence.addAll(more);
        evidence.add("engine: " + facts);
        return new Diagnosis(architecture, cause, evidence, remedy);
    }
}
