package dev.foreignarch.jvm.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import dev.foreignarch.engine.NameLock;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * The volume that keeps the jars of all projects on the engine, by their content, and what was made of them there. Only
 * jars that are new travel.
 *
 * <p>The list of what is there is written after the jars: a copy that breaks off leaves nothing that counts. One thread
 * at a time reads and writes it, among all JVMs of a user on this machine: nobody finds a jar half written. From several
 * machines at once the same bytes are written; if one list gets lost, jars travel once more.
 */
final class JarVolume {

    /** Name of the volume. {@code docker volume rm} makes room; the next run fills it again. */
    static final String NAME = "foreignarch-jars";

    private static final String LIST = CarriedClassPath.JARS + "/list";

    private final DockerClient client;

    JarVolume(DockerClient client) {
        this.client = client;
    }

    /** Return the mount for a container that uses the jars. The engine makes the volume if need be. */
    static Mount mount() {
        return new Mount().withType(MountType.VOLUME).withSource(NAME).withTarget(CarriedClassPath.JARS);
    }

    /**
     * Bring jars that are not there yet.
     *
     * @param container a container with the volume, which needs not run
     */
    void fill(String container, List<CarriedClassPath.Carried> jars) {
        NameLock.holding(NAME, () -> {
            bringMissing(container, jars);
            return NAME;
        });
    }

    /** Return the places of what is there. */
    List<String> list(String container) {
        return NameLock.holding(NAME, () -> List.copyOf(present(container)));
    }

    /** Note that something else is there, which was made in the volume. */
    void note(String container, String place) {
        NameLock.holding(NAME, () -> {
            Set<String> all = new LinkedHashSet<>(present(container));
            all.add(place);
            write(container, all);
            return NAME;
        });
    }

    private void bringMissing(String container, List<CarriedClassPath.Carried> jars) {
        Set<String> present = present(container);
        List<CarriedClassPath.Carried> missing =
                jars.stream().filter(jar -> !present.contains(jar.place())).toList();
        if (missing.isEmpty()) {
            return;
        }
        Set<String> all = new LinkedHashSet<>(present);
        try (TarFile content = TarFile.of(tar -> {
            for (CarriedClassPath.Carried jar : missing) {
                tar.tree(jar.local(), jar.place());
                all.add(jar.place());
            }
        })) {
            copy(container, content);
        }
        write(container, all);
    }

    private void write(String container, Set<String> places) {
        try (TarFile list =
                TarFile.of(tar -> tar.file(LIST, String.join("\n", places).getBytes(UTF_8)))) {
            copy(container, list);
        }
    }

    private void copy(String container, TarFile tar) {
        client.copyArchiveToContainerCmd(container)
                .withRemotePath("/")
                .withTarInputStream(tar.open())
                .exec();
    }

    private Set<String> present(String container) {
        try (InputStream archive =
                        client.copyArchiveFromContainerCmd(container, LIST).exec();
                TarArchiveInputStream tar = new TarArchiveInputStream(archive)) {
            return tar.getNextEntry() == null
                    ? Set.of()
                    : new LinkedHashSet<>(
                            new String(tar.readAllBytes(), UTF_8).lines().toList());
        } catch (NotFoundException empty) {
            return Set.of();
        } catch (IOException failure) {
            throw new UncheckedIOException("can't read the list of jars on the engine", failure);
        }
    }
}
