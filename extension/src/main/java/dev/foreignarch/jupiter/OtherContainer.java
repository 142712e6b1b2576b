package dev.foreignarch.jupiter;

import static org.junit.platform.commons.support.AnnotationSupport.isAnnotated;

import com.github.dockerjava.api.command.InspectContainerResponse;
import dev.foreignarch.arch.Architecture;
import dev.foreignarch.container.ContainerBinding;
import java.lang.reflect.Field;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.TestInstances;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.containers.GenericContainer;

/**
 * A container of a test that ForeignArch has not put there: something else has started it, by Testcontainers' means.
 *
 * @param image name of its image
 * @param architecture what it runs on, if that is known
 * @param bound whether that is so because somebody has bound it
 * @param certain whether it is that test's, and not perhaps one's that ran at the same time
 */
record OtherContainer(String image, Optional<Architecture> architecture, boolean bound, boolean certain) {

    private static final Logger LOG = LoggerFactory.getLogger(OtherContainer.class);

    /** Find those of a test: what was created for it or its class, and what is up in a field. */
    static List<OtherContainer> of(CellUse use) {
        ForeignHost host = Preparations.of(use.context()).host();
        Set<OtherContainer> all = new LinkedHashSet<>();
        use.created().forEach(created -> all.add(of(created, host)));
        use.context().getTestInstances().map(TestInstances::getAllInstances).stream()
                .flatMap(List::stream)
                .flatMap(OtherContainer::inFields)
                .forEach(container -> all.add(of(container, host)));
        return List.copyOf(all);
    }

    private static OtherContainer of(CreatedContainer created, ForeignHost host) {
        Optional<Architecture> bound = bound(created.create().getLabels());
        return new OtherContainer(
                created.image(),
                bound.or(created::asked).or(() -> architectureOf(created.image(), host)),
                bound.isPresent(),
                created.certain());
    }

    private static OtherContainer of(GenericContainer<?> container, ForeignHost host) {
        InspectContainerResponse state = container.getContainerInfo();
        Optional<Architecture> bound =
                bound(state.getConfig() == null ? null : state.getConfig().getLabels());
        return new OtherContainer(
                container.getDockerImageName(),
                bound.or(() -> architectureOf(String.valueOf(state.getImageId()), host)),
                bound.isPresent(),
                true);
    }

    private static Optional<Architecture> bound(@Nullable Map<String, String> labels) {
        return Optional.ofNullable(Objects.requireNonNullElse(labels, Map.<String, String>of())
                        .get(ContainerBinding.ARCHITECTURE_LABEL))
                .flatMap(Architecture::find);
    }

    /** What is told of a test must not fail it, nor hide why it failed, whatever the engine answers. */
    private static Optional<Architecture> architectureOf(String image, ForeignHost host) {
        try {
            return host.architectureOf(image);
        } catch (RuntimeException untold) {
            LOG.debug("The architecture of {} is not known", image, untold);
            return Optional.empty();
        }
    }

    /** One that is shared by several classes was perhaps created long before the test. */
    private static Stream<GenericContainer<?>> inFields(Object instance) {
        return ReflectionSupport.findFields(
                        instance.getClass(),
                        field -> GenericContainer.class.isAssignableFrom(field.getType())
                                && !isAnnotated(field, ForeignContainer.class),
                        HierarchyTraversalMode.TOP_DOWN)
                .stream()
                .flatMap(field -> value(field, instance).stream())
                .filter(container -> container.getContainerId() != null && container.getContainerInfo() != null);
    }

    private static Optional<GenericContainer<?>> value(Field field, Object instance) {
        try {
            return field.trySetAccessible()
                    ? Optional.ofNullable((GenericContainer<?>) field.get(instance))
                    : Optional.empty();
        } catch (IllegalAccessException closed) {
            throw new IllegalStateException(field + " can't be read.", closed);
        }
    }

    /** Return where it ran, in words that go on a sentence. */
    String place() {
        return architecture.map(known -> "on " + known).orElse("native");
    }
}
