package dev.foreignarch.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** The files of a container, which need not run; and the end of both. */
final class ContainerFiles {

    /** As in Linux's path_resolution(7). */
    private static final int MOST_LINKS = 40;

    /** Everybody may write there, whoever the image's user is. */
    private static final int SHARED_DIRECTORY = 01777;

    private final DockerClient client;
    private final String container;

    ContainerFiles(DockerClient client, String container) {
        this.client = client;
        this.container = container;
    }

    /** Makes something of what is at a path. */
    @FunctionalInterface
    interface Reading<T> {

        /**
         * Read.
         *
         * @param first what is at the path itself, and is no link
         * @param archive its content, and what follows if it is a directory
         */
        Optional<T> read(TarArchiveEntry first, TarArchiveInputStream archive) throws IOException;
    }

    /**
     * Read what is at an absolute path.
     *
     * @return what the reading makes of it; absent if there is no such path
     * @throws EngineException if the engine refuses, or the path leads from link to link without an end
     */
    <T> Optional<T> read(String path, Reading<T> reading) {
        return read(path, path, reading, MOST_LINKS);
    }

    private <T> Optional<T> read(String asked, String path, Reading<T> reading, int links) {
        String target;
        try (InputStream archive =
                        client.copyArchiveFromContainerCmd(container, path).exec();
                TarArchiveInputStream tar = new TarArchiveInputStream(archive)) {
            TarArchiveEntry entry = tar.getNextEntry();
            if (entry == null) {
                return Optional.empty();
            }
            if (!entry.isSymbolicLink()) {
                return reading.read(entry, tar);
            }
            target = entry.getLinkName();
        } catch (NotFoundException absent) {
            return Optional.empty();
        } catch (DockerException refused) {
            throw new EngineException(
                    "the engine does not copy " + path + " out of a container: " + EngineException.words(refused),
                    refused);
        } catch (IOException exception) {
            throw new EngineException("reading " + path + " from a container failed", exception);
        }
        if (links == 0) {
            throw new EngineException(
                    asked + " can't be read from a container: it leads through more than " + MOST_LINKS + " links",
                    null);
        }
        String next = target.startsWith("/") ? target : path.substring(0, path.lastIndexOf('/') + 1) + target;
        return read(asked, next, reading, links - 1);
    }

    /**
     * Put files into the container.
     *
     * @param files content of each by its absolute path, whose directories are made; they are executable. A path that
     *     ends in a slash is a directory that everybody may write to
     * @throws EngineException if the engine refuses
     */
    void write(Map<String, byte[]> files) {
        try {
            client.copyArchiveToContainerCmd(container)
                    .withRemotePath("/")
                    .withTarInputStream(new ByteArrayInputStream(
                            TarArchive.of(files, SHARED_DIRECTORY, System.currentTimeMillis())))
                    .exec();
        } catch (DockerException refused) {
            throw new EngineException(
                    "the engine does not copy " + String.join(", ", files.keySet()) + " into a container: "
                            + EngineException.words(refused),
                    refused);
        }
    }

    /** Remove the container with its volumes, and kill what runs in it. */
    void remove() {
        try {
            client.removeContainerCmd(container)
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec();
        } catch (NotFoundException | ConflictException alreadyGoing) {
            // Removed by somebody else, or being removed right now: either is what we want.
        }
    }
}
