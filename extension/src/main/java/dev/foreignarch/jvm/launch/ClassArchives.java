package dev.foreignarch.jvm.launch;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.foreignarch.container.ContainerBinding;
import dev.foreignarch.engine.NameLock;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.utility.DockerImageName;

/**
 * JUnit's classes in the form in which a JVM has them in memory (class data sharing, a dynamic archive), kept in the
 * {@link JarVolume} for each image and version of JUnit.
 *
 * <p>A JVM takes an archive only if its class path begins with the jars that the archive was made of, and no archive can
 * be made of directories: so it has JUnit and ForeignArch, which come first, and nothing of the user's.
 *
 * @see <a href="https://openjdk.org/jeps/350">JEP 350: Dynamic CDS Archives</a>
 */
final class ClassArchives {

    private static final Logger LOG = LoggerFactory.getLogger(ClassArchives.class);

    /** Notes: there is one; none can be made, so that it is not tried for each JVM. */
    private static final String MADE = "made";

    private static final String NONE = "none";

    /** Where the JVM that makes one can write, which can only read the volume. */
    private static final String WORKSHOP = "/foreignarch/made";

    private final ContainerBinding binding;
    private final DockerClient client;
    private final JarVolume volume;
    private final CarriedClassPath classPath;

    ClassArchives(ContainerBinding binding, DockerClient client, JarVolume volume, CarriedClassPath classPath) {
        this.binding = binding;
        this.client = client;
        this.volume = volume;
        this.classPath = classPath;
    }

    /**
     * Return the place of the archive for the JVM of a container. If there is none, it is made, which takes as long as
     * the start of a few JVMs.
     *
     * @param container a container of the image, which needs not run
     */
    Optional<String> of(String container, JvmSpec spec, String image) {
        List<String> jars = classPath.platform();
        if (jars.isEmpty()) {
            return Optional.empty();
        }
        String imageId =
                String.valueOf(client.inspectContainerCmd(container).exec().getImageId());
        String place =
                CarriedClassPath.JARS + "/" + CarriedClassPath.hash(imageId + "\n" + String.join("\n", jars)) + ".jsa";
        return NameLock.holding(place, () -> {
            String known = volume.note(place).orElseGet(() -> make(spec, image, place, jars));
            return known.equals(MADE) ? Optional.of(place) : Optional.empty();
        });
    }

    private String make(JvmSpec spec, String image, String place, List<String> jars) {
        Optional<String> problem = tryToMake(spec, image, place, jars);
        if (problem.isEmpty()) {
            return MADE;
        }
        LOG.warn(
                "JVMs of {} start without an archive of JUnit's classes, since none could be made in {}: {}",
                spec.name(),
                image,
                problem.get());
        volume.keep(place, Optional.empty(), NONE);
        return NONE;
    }

    private Optional<String> tryToMake(JvmSpec spec, String image, String place, List<String> jars) {
        LOG.info("Making an archive of JUnit's classes for JVMs of {}, once for {}", spec.name(), image);
        Rehearsal rehearsal = new Rehearsal();
        String made = WORKSHOP + place.substring(place.lastIndexOf('/'));
        JvmContainer jvm = binding.bind(
                new JvmContainer(
                                DockerImageName.parse(image),
                                JvmCommandLine.rehearsal(spec, made, jars),
                                List.of(),
                                this::openWorkshop,
                                rehearsal)
                        .kept(),
                spec.architecture());
        jvm.withNetworkMode("none");
        try {
            jvm.start();
            Optional<String> problem = rehearsal.in(jvm);
            return problem.isPresent() ? problem : keep(jvm.getContainerId(), made, place);
        } catch (ContainerLaunchException | IllegalStateException failure) {
            return Optional.of((failure.getMessage() + ". " + rehearsal.words()).strip());
        } finally {
            jvm.close();
        }
    }

    private void openWorkshop(String container) {
        try (TarFile tar = TarFile.of(writer -> writer.sharedDirectory(WORKSHOP))) {
            client.copyArchiveToContainerCmd(container)
                    .withRemotePath("/")
                    .withTarInputStream(tar.open())
                    .exec();
        }
    }

    private Optional<String> keep(String container, String made, String place) {
        try (InputStream archive =
                client.copyArchiveFromContainerCmd(container, made).exec()) {
            volume.keep(place, Optional.of(archive), MADE);
            return Optional.empty();
        } catch (NotFoundException absent) {
            return Optional.of("its Java made none, and did not say why");
        } catch (IOException failure) {
            throw new UncheckedIOException("can't read " + made + " on the engine", failure);
        }
    }
}
