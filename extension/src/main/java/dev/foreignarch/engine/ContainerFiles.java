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

    private static final int EXECUTABLE_BY_ANYBODY = 0111;

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
        return read(path, path, (there, first, archive) -> reading.read(first, archive), MOST_LINKS);
    }

    /**
     * Find the file at an absolute path.
     *
     * @param length how many bytes of it are read, at most
     * @return the file; absent if there is none
     * @throws EngineException if the engine refuses, or the path leads from link to link without an end
     */
    Optional<ContainerFile> find(String path, int length) {
        LocatedReading<ContainerFile> reading = (there, first, archive) -> first.isFile()
                ? Optional.of(new ContainerFile(
                        path, there, (first.getMode() & EXECUTABLE_BY_ANYBODY) != 0, archive.readNBytes(length)))
                : Optional.empty();
        return read(path, path, reading, MOST_LINKS);
    }

    /** A reading that needs to know where the links have led. */
    @FunctionalInterface
    private interface LocatedReading<T> {
        Optional<T> read(String there, TarArchiveEntry first, TarArchiveInputStream archive) throws IOException;
    }

    private <T> Optional<T> read(String asked, String path, LocatedReading<T> reading, int links) {
        String target;
        try (InputStream archive =
                        client.copyArchiveFromContainerCmd(container, path).exec();
                TarArchiveInputStream tar = new TarArchiveInputStream(archive)) {
            TarArchiveEntry entry = tar.getNextEntry();
            if (entry == null) {
                return Optional.empty();
            }
            if (!entry.isSymbolicLink()) {
                return reading.read(path, entry, tar);
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
        return read(asked, target.startsWith("/") ? target : beside(path, target), reading, links - 1);
    }

    /** The engine takes ".." by the letter, while the kernel goes up from where a link has led. */
    private String beside(String path, String target) {
        String folder = path.substring(0, path.lastIndexOf('/') + 1);
        return (target.startsWith("..") ? real(folder, MOST_LINKS) : folder) + target;
    }

    /** Return the path of a directory without links, as far as the engine shows it; it ends in a slash. */
    private String real(String directory, int links) {
        String real = "/";
        for (String name : directory.split("/+")) {
            if (name.isEmpty() || name.equals(".")) {
                continue;
            }
            if (name.equals("..")) {
                real = real.substring(0, real.lastIndexOf('/', real.length() - 2) + 1);
                real = real.isEmpty() ? "/" : real;
                continue;
            }
            Optional<String> link = links == 0 ? Optional.empty() : linkAt(real + name);
            String there = real;
            real = link.map(target -> real((target.startsWith("/") ? "" : there) + target, links - 1))
                    .orElse(real + name + "/");
        }
        return real;
    }

    private Optional<String> linkAt(String path) {
        try (InputStream archive =
                        client.copyArchiveFromContainerCmd(container, path).exec();
                TarArchiveInputStream tar = new TarArchiveInputStream(archive)) {
            return Optional.ofNullable(tar.getNextEntry())
                    .filter(TarArchiveEntry::isSymbolicLink)
                    .map(TarArchiveEntry::getLinkName);
        } catch (DockerException | IOException notShown) {
            return Optional.empty();
        }
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

    /**
     * Unpack an archive in the container.
     *
     * @param directory absolute path of a directory there
     * @param archive a tar archive, which is closed
     * @throws EngineException if the engine refuses
     */
    void extract(String directory, InputStream archive) {
        try (archive) {
            client.copyArchiveToContainerCmd(container)
                    .withRemotePath(directory)
                    .withTarInputStream(archive)
                    .exec();
        } catch (DockerException refused) {
            throw new EngineException(
                    "the engine does not copy files to " + directory + " of a container: "
                            + EngineException.words(refused),
                    refused);
        } catch (IOException exception) {
            throw new EngineException("copying files to " + directory + " of a container failed", exception);
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
