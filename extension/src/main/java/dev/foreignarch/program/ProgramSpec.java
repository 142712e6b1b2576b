package dev.foreignarch.program;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import dev.foreignarch.emulation.EmulationMode;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * A program that is to be tested.
 *
 * @param path path of its file on the JVM's machine; <code>{docker}</code>, <code>{debian}</code>,
 *     <code>{platform}</code> and <code>{qemu}</code> in it stand for the architecture's names
 * @param image image that has the libraries of a dynamic program; a static program needs none
 * @param emulation how it is emulated
 * @param cpu model of the CPU, in QEMU's words, if it matters
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public record ProgramSpec(String path, Optional<String> image, EmulationMode emulation, Optional<String> cpu) {

    /**
     * Name a static program.
     *
     * @param path path of its file
     */
    public static ProgramSpec of(String path) {
        return new ProgramSpec(path, Optional.empty(), EmulationMode.AUTOMATIC, Optional.empty());
    }

    /**
     * Run the program in an image.
     *
     * @param image name of the image, as in {@code docker pull}
     */
    public ProgramSpec withImage(String image) {
        return new ProgramSpec(path, Optional.of(image), emulation, cpu);
    }

    /**
     * Choose the emulation.
     *
     * @param emulation how the program is emulated
     */
    public ProgramSpec withEmulation(EmulationMode emulation) {
        return new ProgramSpec(path, image, emulation, cpu);
    }

    /**
     * Choose a model of the CPU. Where the processor itself would run the program, it is emulated all the same.
     *
     * @param cpu a model that QEMU knows, for example {@code arm1176}
     */
    public ProgramSpec withCpu(String cpu) {
        return new ProgramSpec(path, image, emulation, Optional.of(cpu));
    }
}
