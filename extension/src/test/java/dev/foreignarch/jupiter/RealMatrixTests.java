package dev.foreignarch.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.ListVolumesResponse;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Image;
import com.github.dockerjava.api.model.Network;
import dev.foreignarch.arch.Architecture;
import dev.foreignarch.image.PlatformImages;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;

/** The whole way on a real engine: from the annotation to a foreign program, and nothing left behind. */
@Tag("engine")
class RealMatrixTests {

    private final DockerClient docker = DockerClientFactory.lazyClient();

    @Test
    void each_cell_has_a_container_and_a_result_of_its_own_and_leaves_nothing() {
        Set<String> before = everythingOnTheEngine();

        EngineExecutionResults results = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(MatrixTestCase.class))
                .execute();

        results.testEvents()
                .assertStatistics(events -> events.started(8).succeeded(7).failed(1));
        assertThat(Set.copyOf(MatrixTestCase.CONTAINERS)).hasSize(8);
        assertThat(everythingOnTheEngine()).isEqualTo(before);
    }

    private Set<String> everythingOnTheEngine() {
        Stream<String> containers = docker
                .listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(
                        Map.of(DockerClientFactory.TESTCONTAINERS_SESSION_ID_LABEL, DockerClientFactory.SESSION_ID))
                .exec()
                .stream()
                .map(Container::getId);
        ListVolumesResponse volumes = docker.listVolumesCmd().exec();
        Stream<String> images = docker.listImagesCmd().exec().stream()
                .map(Image::getRepoTags)
                .flatMap(tags -> tags == null ? Stream.of() : Arrays.stream(tags))
                .filter(tag -> !tag.startsWith(PlatformImages.PRIVATE_REPOSITORY + "busybox:")
                        && !tag.startsWith(PlatformImages.PRIVATE_REPOSITORY + "helper:")
                        && !tag.startsWith(PlatformImages.PRIVATE_REPOSITORY + "lock:"));
        return Stream.of(
                        containers,
                        volumes.getVolumes().stream().map(volume -> "volume " + volume.getName()),
                        docker.listNetworksCmd().exec().stream().map(Network::getName),
                        images)
                .flatMap(stream -> stream)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @ForeignArch({"arm64v8", "arm32v7", "ppc64le", "s390x"})
    static class MatrixTestCase {

        static final List<String> CONTAINERS = new CopyOnWriteArrayList<>();

        @ForeignContainer("busybox:1.36")
        GenericContainer<?> box;

        @Test
        void runs_on_its_architecture(Architecture architecture) throws Exception {
            CONTAINERS.add(box.getContainerId());
            assertEquals(
                    architecture.machineName(),
                    box.execInContainer("uname", "-m").getStdout().strip());
        }

        @Test
        void fails_on_one_architecture(Architecture architecture) {
            CONTAINERS.add(box.getContainerId());
            if (architecture == Architecture.S390X) {
                fail("as it should");
            }
        }
    }
}
