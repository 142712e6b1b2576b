package dev.foreignarch.program;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.engine.Engine;
import dev.foreignarch.image.PinnedImage;
import dev.foreignarch.image.PlatformImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.testcontainers.utility.DockerImageName;

/** A static program with many abilities, for each architecture: Busybox, out of its image. */
public final class Busybox {

    private Busybox() {}

    /** Write Busybox's program for an architecture into a directory. */
    public static Path install(Engine engine, Architecture architecture, Path directory) throws IOException {
        PinnedImage image =
                new PlatformImages(engine).resolve(DockerImageName.parse("busybox:1.36"), architecture.platform());
        byte[] program = engine.readFirst(image.id(), List.of("/bin/busybox"))
                .orElseThrow()
                .getValue();
        Path file = directory.resolve("busybox-" + architecture);
        Files.write(file, program);
        if (!file.toFile().setExecutable(true)) {
            throw new IOException(file + " can't be made executable");
        }
        return file;
    }
}
