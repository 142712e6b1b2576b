package dev.foreignarch.program;

import dev.foreignarch.arch.Architecture;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How a program is started.
 *
 * @param bench where
 * @param emulator path of the emulator that is put before the command, if one is
 * @param emulated whether QEMU runs the program at all
 * @param cpu the CPU model that QEMU is told to have, if not its usual one
 * @param summary all that in a few words
 */
record Launch(Bench bench, Optional<String> emulator, boolean emulated, Optional<String> cpu, String summary) {

    /** The models that have no more than what the names of these architectures promise; QEMU's usual one has all. */
    static Optional<String> usualCpu(Architecture architecture) {
        return switch (architecture) {
            case ARM32V5 -> Optional.of("arm926");
            case ARM32V6 -> Optional.of("arm1176");
            default -> Optional.empty();
        };
    }

    List<String> command(String program, List<String> arguments) {
        List<String> command = new ArrayList<>();
        emulator.ifPresent(command::add);
        command.add(program);
        command.addAll(arguments);
        return command;
    }

    /** Return what QEMU finds in its environment, whether the kernel starts it or the command does. */
    Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>();
        if (emulated) {
            cpu.ifPresent(model -> environment.put("QEMU_CPU", model));
        }
        return environment;
    }
}
