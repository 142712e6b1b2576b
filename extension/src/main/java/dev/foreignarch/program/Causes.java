package dev.foreignarch.program;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.arch.ElfFile;
import dev.foreignarch.emulation.EmulationSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Knows what the failures of emulated programs come from.
 *
 * @param architecture the architecture
 * @param file the program
 * @param launch how it was started
 */
record Causes(Architecture architecture, ProgramFile file, Launch launch) {

    private static final int ENOENT = 2;
    private static final int ENOEXEC = 8;

    /** Return what is known of how a program ended, after a look at what it wrote. */
    List<String> of(ProgramResult.Ending ending, String stderr) {
        List<String> causes = new ArrayList<>();
        if (ending.signal().equals(Optional.of(Signal.ILLEGAL_INSTRUCTION))) {
            causes.add("SIGILL: the program has come to an instruction that "
                    + launch.cpu()
                            .map(model -> "the CPU model " + model + " does not have.")
                            .orElse("the emulated CPU does not have."));
        }
        if (ending.signal().isPresent() || ending.status() != 0) {
            unknownCpu(stderr).ifPresent(causes::add);
            missingLoader(stderr).ifPresent(causes::add);
            foreignChild(stderr).ifPresent(causes::add);
        }
        return causes;
    }

    private Optional<String> unknownCpu(String stderr) {
        return launch.cpu()
                .filter(model -> stderr.contains("unable to find CPU model"))
                .map(model -> "QEMU knows no CPU model " + model + " for " + architecture + ". The command qemu-"
                        + architecture.qemuTarget() + "-static -cpu help lists those that it knows.");
    }

    private Optional<String> missingLoader(String stderr) {
        return ElfFile.read(file.content())
                .flatMap(ElfFile::loader)
                .filter(loader -> stderr.contains("Could not open '" + loader + "'"))
                .map(this::withoutLoader);
    }

    private String withoutLoader(String loader) {
        return file.path() + " wants the loader " + loader + ", which its image does not have. Name an image with the C"
                + " library that the program was linked with.";
    }

    private Optional<String> foreignChild(String stderr) {
        String words = stderr.toLowerCase(Locale.ROOT);
        return launch.emulator()
                .filter(emulator -> words.contains("exec format error")
                        || words.contains("cannot execute binary file")
                        || words.contains("cannot execute: required file not found"))
                .map(emulator -> file.name() + " has tried to start another program for " + architecture
                        + ". Explicit emulation runs one program and none that it starts: those need a handler in the"
                        + " kernel's table. Let ForeignArch register one (foreignarch.registration=auto, and emulation ="
                        + " AUTOMATIC), or register one yourself: docker run --privileged --rm "
                        + EmulationSettings.DEFAULT_HELPER_IMAGE + " --install "
                        + architecture
                                .platform()
                                .toString()
                                .replace("linux/", "")
                                .replaceFirst("/.*", ""));
    }

    /** Tell why the kernel has refused to start the program. */
    String ofRefusal(int error) {
        Optional<String> loader = ElfFile.read(file.content()).flatMap(ElfFile::loader);
        if (error == ENOENT && loader.isPresent()) {
            return withoutLoader(loader.get());
        }
        if (error == ENOEXEC) {
            return "The kernel does not run " + file.name() + " for " + architecture
                    + " (exec format error), though it has run a program of that architecture before: somebody has"
                    + " removed or disabled the handler. Run the test again, or use emulation = EXPLICIT, which needs no"
                    + " handler.";
        }
        return "The kernel does not run " + file.name() + " for " + architecture + " (error " + error + ").";
    }
}
