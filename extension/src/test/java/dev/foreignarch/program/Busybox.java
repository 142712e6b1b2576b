package dev.foreignarch.program;

import com.github.dockerjava.api.DockerClient;
import dev.foreignarch.arch.Architecture;
import dev.foreignarch.engine.Engine;
import dev.foreignarch.image.PinnedImage;
import dev.foreignarch.image.PlatformImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.testcontainers.utility.DockerImageName;

/** A static program with many abilities, for each architecture: Busybox, out of its image. */
public final class Busybox {

    private Busybox() {}

    /** Write Busybox's program for an architecture into a directory. */
    public static Path install(Engine engine, Architecture architecture, Path directory) throws IOException {
        PinnedImage image =
                new PlatformImages(engine).resolve(DockerImageName.parse("busybox:1.36"), architecture.platform());
        Path file = directory.resolve("busybox-" + architecture);
        Files.write(file, read(engine.client(), image));
        if (!file.toFile().setExecutable(true)) {
            throw new IOException(file + " can't be made executable");
        }
        return file;
    }

    /** An ID may stand for several platforms, on an engine that keeps images in containerd. */
    private static byte[] read(DockerClient client, PinnedImage image) throws IOException {
        String container = client.createContainerCmd(image.id())
                .withPlatform(image.platform().toString())
                .withCmd("none")
                .exec()
                .getId();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(
                client.copyArchiveFromContainerCmd(container, "/bin/busybox").exec())) {
            tar.getNextEntry();
            return tar.readAllBytes();
        } finally {
            client.removeContainerCmd(container).exec();
        }
    }
}
