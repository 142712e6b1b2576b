package dev.foreignarch.emulation;

import static java.util.stream.Collectors.joining;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.arch.ElfFile;
import dev.foreignarch.engine.Engine;
import dev.foreignarch.engine.EngineException;
import dev.foreignarch.engine.ImagePull;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds static QEMU emulators that run on an engine's host.
 *
 * <p>They come from the image that the user names. Else what needs no network comes first: the default image if the
 * engine has it, then the JVM's own machine if it has the package {@code qemu-user-static}; and then the default image is
 * pulled. From an image only the file is taken: its installer is not run, and what that would register does not matter. The
 * emulator itself is run without privilege, for its version, if its file does not tell it.
 */
final class QemuSource {

    private static final Logger LOG = LoggerFactory.getLogger(QemuSource.class);

    private final Engine engine;
    private final Optional<String> image;

    QemuSource(Engine engine, EmulationSettings settings) {
        this.engine = engine;
        this.image = settings.helperImage();
    }

    /**
     * Find the emulator of an architecture.
     *
     * @throws EmulatorNotFoundException if there is none; the message says where it was looked for
     */
    Emulator find(Architecture architecture) {
        if (image.isPresent()) {
            return fromImage(image.get(), architecture);
        }
        String usual = EmulationSettings.DEFAULT_HELPER_IMAGE;
        List<Supplier<Emulator>> places = engine.has(reference(usual))
                ? List.of(() -> fromImage(usual, architecture), () -> fromThisMachine(architecture))
                : List.of(() -> fromThisMachine(architecture), () -> fromImage(usual, architecture));
        List<String> failures = new ArrayList<>();
        for (Supplier<Emulator> place : places) {
            try {
                return place.get();
            } catch (EmulatorNotFoundException notHere) {
                failures.add(notHere.getMessage());
            }
        }
        throw new EmulatorNotFoundException(String.join("; ", failures));
    }

    private Emulator fromImage(String name, Architecture architecture) {
        provide(name);
        Optional<Map.Entry<String, byte[]>> file = engine.readFirst(reference(name), paths(architecture));
        return file.map(found -> checked(architecture, found.getValue(), found.getKey() + " of the image " + name))
                .orElseThrow(
                        () -> new EmulatorNotFoundException("the image " + name + " has no emulator for " + architecture
                                + " (looked for " + paths(architecture).stream().collect(joining(", ")) + ")"));
    }

    private void provide(String name) {
        if (engine.has(reference(name))) {
            return;
        }
        LOG.info("Pulling {} for its emulators", name);
        try {
            ImagePull.pull(engine, reference(name), Optional.empty());
        } catch (EngineException refused) {
            throw new EmulatorNotFoundException(
                    "the image " + name + " can't be pulled (" + refused.getMessage() + ")");
        }
    }

    /** With a digest the tag means nothing, and not every engine takes both. */
    private static String reference(String name) {
        return name.replaceFirst(":[^/:@]+@", "@");
    }

    private Emulator fromThisMachine(Architecture architecture) {
        for (String path : paths(architecture)) {
            Path file = Path.of(path);
            if (Files.isRegularFile(file)) {
                try {
                    return checked(architecture, Files.readAllBytes(file), path + " of this machine");
                } catch (IOException exception) {
                    throw new UncheckedIOException("can't read " + path, exception);
                }
            }
        }
        throw new EmulatorNotFoundException("this machine has no /usr/bin/qemu-" + architecture.qemuTarget() + "-static"
                + " (Debian's and Ubuntu's package qemu-user-static)");
    }

    private Emulator checked(Architecture architecture, byte[] content, String origin) {
        Architecture host = engine.facts().architecture();
        ElfFile file = ElfFile.read(content)
                .orElseThrow(() -> new EmulatorNotFoundException(origin + " is not an ELF program"));
        if (!file.identity().equals(host.elf())) {
            throw new EmulatorNotFoundException(origin + " is not a program for the engine's host, which is " + host);
        }
        if (file.loader().isPresent()) {
            throw new EmulatorNotFoundException(origin + " is dynamically linked (it asks for "
                    + file.loader().get() + "); inside a container only a static emulator works");
        }
        return new Emulator(architecture.qemuTarget(), content, origin);
    }

    /** Where the usual images and distributions keep an emulator. */
    private static List<String> paths(Architecture architecture) {
        String target = architecture.qemuTarget();
        return List.of(
                "/usr/bin/qemu-" + target + "-static", // Debian up to 12, multiarch/qemu-user-static
                "/usr/bin/qemu-" + target, // Debian from 13, tonistiigi/binfmt
                "/qus/bin/qemu-" + target + "-static", // aptman/qus
                "/usr/local/bin/qemu-" + target); // built from QEMU's source
    }
}
