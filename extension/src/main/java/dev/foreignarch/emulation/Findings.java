package dev.foreignarch.emulation;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.engine.Engine;
import dev.foreignarch.engine.EngineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Puts what was seen of an architecture that does not run into a {@link Diagnosis}: one cause, the evidence, one remedy.
 *
 * @param architecture the architecture
 * @param outcome how its probe ended
 * @param table the kernel's table
 * @param engine the engine
 */
record Findings(Architecture architecture, ProbeOutcome outcome, HandlerTable table, Engine engine) {

    private static final String NOTHING_REGISTERED =
            "no emulator for them is registered with the kernel of the engine's host";

    private static final String INSTALL = "install one on the engine's host: sudo apt-get install qemu-user-static";

    private static final String BORROWS =
            "this engine lives in a container or user namespace, and borrows the table of the machine around it.";

    private static final String AROUND =
            "on the machine around the engine, let root install one: sudo apt-get install qemu-user-static";

    Diagnosis notRegistered() {
        return diagnosis(
                NOTHING_REGISTERED + ".",
                List.of(),
                "let ForeignArch register one: " + EmulationSettings.REGISTRATION + "=auto in the tests, or --fix "
                        + architecture + " for its doctor");
    }

    Diagnosis forbidden() {
        return diagnosis(
                NOTHING_REGISTERED + ", and " + EmulationSettings.REGISTRATION
                        + "=never forbids ForeignArch to register one.",
                List.of(),
                "leave " + EmulationSettings.REGISTRATION + " at 'auto', or register an emulator yourself before the"
                        + " tests: docker run --privileged --rm " + EmulationSettings.DEFAULT_HELPER_IMAGE
                        + " --install "
                        + architecture.platform().architecture());
    }

    /** On such a host the work of other installers is lost when their container ends, and they report success. */
    Diagnosis tableUnmounted() {
        return diagnosis(
                "the engine's host has not mounted binfmt_misc, the kernel's table of emulators, so an emulator that a"
                        + " container registers is lost when that container ends.",
                List.of(HandlerTable.PATH + " of the engine's host is an empty directory"),
                "mount it on the engine's host, and register again: sudo mount -t binfmt_misc binfmt_misc "
                        + HandlerTable.PATH + " (or let ForeignArch keep it mounted while tests run: "
                        + EmulationSettings.REGISTRATION + "=auto)");
    }

    Diagnosis tableMissing() {
        return tableMissing("the engine's host has no directory " + HandlerTable.PATH);
    }

    private Diagnosis tableMissing(String evidence) {
        return diagnosis(
                "the kernel of the engine's host has no binfmt_misc, the table of emulators.",
                List.of(evidence),
                "load the module on the engine's host (sudo modprobe binfmt_misc), or use another host: some minimal"
                        + " kernels are built without it");
    }

    Diagnosis tableDisabled() {
        return diagnosis(
                "all emulators are switched off on the engine's host.",
                List.of(HandlerTable.PATH + "/status reads 'disabled'"),
                "switch them on, on the engine's host: echo 1 | sudo tee " + HandlerTable.PATH + "/status"
                        + orOnceByRepair());
    }

    Diagnosis handlerDisabled(Handler handler) {
        return diagnosis(
                "the emulator that is registered for them as '" + handler.name() + "' is switched off.",
                List.of(handler.describe()),
                "switch it on, on the engine's host: echo 1 | sudo tee " + HandlerTable.PATH + "/" + handler.name()
                        + (handler.isQemu() ? orOnceByRepair() : ""));
    }

    Diagnosis handlerBroken(Handler handler, HandlerFault fault) {
        List<Handler> others = table.matching(architecture.elf()).stream()
                .filter(other -> other.enabled() && !other.name().equals(handler.name()))
                .toList();
        String which = others.isEmpty()
                ? "the emulator that is registered for them as '" + handler.name() + "' does not work"
                : "of " + (others.size() + 1)
                        + " emulators that are registered for them the kernel uses the last one, '" + handler.name()
                        + "', which does not work";
        List<String> evidence = new ArrayList<>(List.of(handler.describe()));
        others.forEach(other -> evidence.add(other.describe()));
        evidence.addAll(fault.evidence());
        return diagnosis(which + ": " + fault.clause() + ".", evidence, replace(handler));
    }

    Diagnosis nameTaken(Handler handler) {
        return diagnosis(
                NOTHING_REGISTERED + ", and the name for it, '" + handler.name()
                        + "', is taken by an entry for other programs.",
                List.of(handler.describe() + ", magic " + handler.magicAsHex()),
                replace(handler));
    }

    private String replace(Handler handler) {
        String remove =
                "remove it on the engine's host: echo -1 | sudo tee " + HandlerTable.PATH + "/" + handler.name();
        return handler.isQemu() && mayRepair()
                ? "let ForeignArch replace it, once with " + repair() + ", or " + remove
                : remove;
    }

    private String orOnceByRepair() {
        return mayRepair() ? " (or once with " + repair() + ")" : "";
    }

    private boolean mayRepair() {
        return !engine.facts().rootless();
    }

    private static String repair() {
        return "-D" + EmulationSettings.REGISTRATION + "=repair";
    }

    /** The engine uses a table of the machine around it, which only root of that machine may write to. */
    Diagnosis borrowed(List<Architecture> others) {
        if (!others.isEmpty()) {
            return engine.facts().rootless() ? rootless("") : wouldCutOff(others);
        }
        String namespace = ", or let ForeignArch use a table of the engine's own: " + EmulationSettings.REGISTRATION
                + "=namespace (from then on the engine sees no emulator of the machine around it until it is restarted)";
        return engine.facts().rootless() ? rootless(namespace) : wouldHide(namespace);
    }

    private Diagnosis rootless(String otherwise) {
        return diagnosis(
                NOTHING_REGISTERED + ", and a rootless engine may not register one there.",
                List.of(),
                "let root " + INSTALL + otherwise);
    }

    private Diagnosis wouldHide(String otherwise) {
        return diagnosis(
                NOTHING_REGISTERED + ", and registering one from here would hide all that are registered later: "
                        + BORROWS,
                List.of(HandlerTable.PATH + " of the engine's host shows no table"),
                AROUND + otherwise
                        + ". If it is installed already, restart the engine: its user namespace may have got a table of its"
                        + " own");
    }

    /** Mounting a table of its own would hide the host's from everything that the engine runs, until it is restarted. */
    Diagnosis wouldCutOff(List<Architecture> others) {
        String names =
                String.join(", ", others.stream().map(Architecture::toString).toList());
        return diagnosis(
                NOTHING_REGISTERED + ", and registering one from here would switch off those that are: " + BORROWS,
                List.of(
                        table.state() == HandlerTable.State.MOUNTED
                                ? "the engine runs " + names + " by what root of its host has registered"
                                : "the engine runs " + names + ", though " + HandlerTable.PATH
                                        + " of its host shows no emulator for " + (others.size() == 1 ? "it" : "them")),
                AROUND);
    }

    /** What was registered for the whole machine is good. */
    Diagnosis hiddenByOwnTable(Handler handler) {
        return diagnosis(
                "the engine's host has an emulator for them, '" + handler.name()
                        + "', but this rootless engine does not see it: its user namespace has got a table of its own, as "
                        + EmulationSettings.REGISTRATION + "=namespace gives it one.",
                List.of(handler.describe()),
                "restart the engine, which ends that table (Docker: systemctl --user restart docker; Podman: podman system"
                        + " migrate), or go on with " + EmulationSettings.REGISTRATION + "=namespace");
    }

    Diagnosis noEmulator(EmulatorNotFoundException notFound) {
        return diagnosis(
                "no emulator for them was found that could be registered.",
                List.of(String.valueOf(notFound.getMessage())),
                "name an image that has a static qemu-" + architecture.qemuTarget() + " for "
                        + engine.facts().architecture() + " with -D" + EmulationSettings.HELPER_IMAGE
                        + "=…, or install one on this machine: sudo apt-get install qemu-user-static");
    }

    /** The engine runs a privileged container, and still the kernel does not let it mount the table. */
    Diagnosis mountRefused(TableNotMountedException refusal) {
        if (refusal.errno() == Errno.ENODEV) {
            return tableMissing(String.valueOf(refusal.getMessage()));
        }
        return diagnosis(
                "an emulator must be registered, and the engine's host neither has mounted binfmt_misc, the kernel's table"
                        + " of emulators, nor lets a container mount it.",
                List.of(String.valueOf(refusal.getMessage())),
                "let root mount it on the engine's host: sudo mount -t binfmt_misc binfmt_misc " + HandlerTable.PATH);
    }

    /** The engine refuses a container of ours, be it with or without privileges. */
    Diagnosis registrarRefused(EngineException refusal) {
        return diagnosis(
                table.state() == HandlerTable.State.MOUNTED
                        ? "an emulator must be registered, and the engine does not run the container that would do it."
                        : "an emulator must be registered, and the engine does not run the privileged container that would"
                                + " do it, which is needed since its host has not mounted binfmt_misc, the kernel's table of"
                                + " emulators.",
                List.of(String.valueOf(refusal.getMessage())),
                table.state() == HandlerTable.State.MOUNTED
                        ? "let root " + INSTALL
                        : "mount the table on the engine's host, then no privileged container is needed: sudo mount -t"
                                + " binfmt_misc binfmt_misc " + HandlerTable.PATH);
    }

    Diagnosis registrationRefused(int errno) {
        return diagnosis(
                "the kernel of the engine's host refused to register an emulator for them.",
                List.of("writing to " + HandlerTable.PATH + "/register: " + Errno.describe(errno)),
                errno == Errno.EINVAL && !engine.facts().kernelAtLeast(4, 8)
                        ? "use a newer kernel: emulators that work in containers need Linux 4.8"
                        : "let root " + INSTALL);
    }

    Diagnosis stillFailing(Optional<HandlerFault> fault) {
        return diagnosis(
                "an emulator was registered for them, but it does not work"
                        + fault.map(known -> ": " + known.clause()).orElse("") + ".",
                table.matching(architecture.elf()).stream()
                        .map(Handler::describe)
                        .toList(),
                "try another emulator, from an image that you name with -D" + EmulationSettings.HELPER_IMAGE
                        + "=…, together with " + repair());
    }

    private Diagnosis diagnosis(String cause, List<String> more, String remedy) {
        return new Diagnosis(
                architecture,
                cause,
                Stream.of(List.of(outcome.describe()), more, List.of("engine: " + engine))
                        .flatMap(List::stream)
                        .toList(),
                remedy);
    }
}
