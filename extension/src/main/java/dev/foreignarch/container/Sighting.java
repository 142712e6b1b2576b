package dev.foreignarch.container;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.arch.ElfIdentity;
import dev.foreignarch.emulation.Verdict;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How the processes of a foreign container are run, judged by their command lines: the kernel, and whoever puts an emulator
 * before a command, lets that of an emulated process begin with its emulator.
 *
 * @param emulators the emulators of the architecture that were seen
 * @param others programs that another architecture's emulator runs, each with it
 * @param natives programs that no emulator runs
 */
record Sighting(Set<String> emulators, Set<String> others, Set<String> natives) {

    /** Names of QEMU's emulators; the second kind is what Debian registers, {@code /usr/libexec/qemu-binfmt/arm-binfmt-P}. */
    private static final Pattern QEMU = Pattern.compile("qemu-([a-z0-9_]+?)(?:-static)?|([a-z0-9_]+)-binfmt-P");

    /** Names of emulators that are not QEMU's. */
    private static final Set<String> OTHER_EMULATORS =
            Set.of("rosetta", "FEX", "FEXInterpreter", "FEXLoader", "box32", "box64");

    /** What an engine puts before the command itself ({@code --init}). */
    private static final Set<String> INITS = Set.of("/sbin/docker-init", "/dev/init", "/run/podman-init", "/catatonit");

    /** What is about to become a process of the container. */
    private static final Set<String> RUNTIMES = Set.of("runc", "crun", "youki");

    static Sighting of(Iterable<String> commands, Verdict verdict) {
        Sighting sighting = new Sighting(new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashSet<>());
        commands.forEach(command -> sighting.add(command, verdict));
        return sighting;
    }

    private void add(String command, Verdict verdict) {
        String first = command.split(" ", 2)[0];
        if (isEmulator(first, verdict)) {
            emulators.add(first);
        } else if (isNoProgram(command, first)) {
            return;
        } else if (target(first).isPresent()) {
            if (!mayBeMeant(first, verdict.architecture())) {
                others.add(program(command.substring(first.length()).strip()) + " by " + first);
            }
        } else {
            natives.add(program(command));
        }
    }

    private static boolean isEmulator(String first, Verdict verdict) {
        String name = shortName(first);
        boolean known = verdict instanceof Verdict.Emulated emulated
                && (first.equals(emulated.interpreter()) || name.equals(shortName(emulated.interpreter())));
        return known
                || target(first)
                        .filter(verdict.architecture().qemuTarget()::equals)
                        .isPresent()
                || OTHER_EMULATORS.contains(name);
    }

    /** Kernel threads, and processes that have ended or are not ready yet, have names in brackets for a command. */
    private static boolean isNoProgram(String command, String first) {
        return command.isBlank()
                || command.matches("\\[.*](?: <defunct>)?")
                || first.equals("/proc/self/exe")
                || RUNTIMES.contains(shortName(first))
                || INITS.contains(first);
    }

    /** A machine of 64 bits may run programs of 32 bits; who has such a program in an image may mean it. */
    private static boolean mayBeMeant(String emulator, Architecture architecture) {
        Optional<ElfIdentity> identity = Arrays.stream(Architecture.values())
                .filter(it -> target(emulator).filter(it.qemuTarget()::equals).isPresent())
                .map(Architecture::elf)
                .findFirst();
        return identity.filter(it -> it.mayRunOn(architecture)).isPresent();
    }

    /** Return the architecture of one of QEMU's emulators, by QEMU's name. */
    private static Optional<String> target(String emulator) {
        Matcher name = QEMU.matcher(shortName(emulator));
        return name.matches() ? Optional.of(name.group(name.group(1) == null ? 2 : 1)) : Optional.empty();
    }

    /** Return the first word: arguments may be secret, and are not for reports. */
    private static String program(String command) {
        String word = command.split(" ", 2)[0];
        return word.endsWith(":") ? word.substring(0, word.length() - 1) : word;
    }

    private static String shortName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /**
     * Return whether it is certain that what shows no emulator has none. QEMU is always shown. Of others it is known once
     * they have been seen.
     */
    boolean isCertain(Verdict verdict) {
        return !emulators.isEmpty() || verdict.isByQemu();
    }

    boolean isEmpty() {
        return emulators.isEmpty() && wrong().isEmpty();
    }

    /** Return whether the emulator is the one that the engine was found to have. */
    boolean isAsMeant(Verdict verdict) {
        return !(verdict instanceof Verdict.Emulated emulated)
                || emulators.isEmpty()
                || emulators.stream().map(Sighting::shortName).anyMatch(shortName(emulated.interpreter())::equals);
    }

    /** Return whether there are processes, and none is of the architecture. */
    boolean isAllWrong() {
        return emulators.isEmpty() && !wrong().isEmpty();
    }

    /** Return what runs otherwise than on the architecture, in words. */
    List<String> wrong() {
        return Stream.concat(natives.stream().map(program -> program + " natively"), others.stream())
                .toList();
    }
}
