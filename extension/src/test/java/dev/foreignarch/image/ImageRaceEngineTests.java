package dev.foreignarch.image;

import static dev.foreignarch.image.PublishedImages.ARM64;
import static dev.foreignarch.image.PublishedImages.ARM_V7;
import static dev.foreignarch.image.PublishedImages.S390X;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foreignarch.arch.Platform;
import dev.foreignarch.engine.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testcontainers.utility.DockerImageName;

/** Many threads and JVMs at once, on one tag. */
@Tag("engine")
@Tag("each-store")
class ImageRaceEngineTests extends PublishedImagesFixture {

    @Test
    void manyJvmsAtOnceGetTheirPlatformsAndLeaveTheTagAlone() {
        String name = images.publish("jvms", "linux/amd64", "linux/s390x", "linux/arm/v7", "linux/arm64");
        here.pull(name);
        var before = here.id(name);

        List<OtherJvm> jvms = Stream.of("linux/s390x", "linux/arm/v7", "linux/arm64", "linux/s390x", "linux/arm/v7")
                .map(platform -> OtherJvm.start(ResolveAndRun.class, name, platform))
                .toList();

        assertThat(jvms.stream().map(OtherJvm::output))
                .containsExactly("s390x", "armv7l", "aarch64", "s390x", "armv7l");
        assertThat(here.id(name)).isEqualTo(before);
        assertThat(here.run(name, "uname", "-m")).isEqualTo("x86_64");
    }

    @Test
    void sixtyContainersAtOnceRunOnTheirPlatformsAndLeaveTheTagAlone() throws Exception {
        for (int round = 0; round < Integer.getInteger("test.foreignarch.race.rounds", 1); round++) {
            String name = images.publish("race", "linux/amd64", "linux/s390x", "linux/arm/v7", "linux/arm64");
            here.pull(name);
            var before = here.names(PublishedImages.path(name));
            var idBefore = here.id(name);

            assertThat(raceOfSixty(name)).isEqualTo(Map.of("s390x", 20, "armv7l", 20, "aarch64", 20));

            assertThat(here.id(name)).isEqualTo(idBefore);
            assertThat(here.names(PublishedImages.path(name)))
                    .filteredOn(it -> !it.startsWith(PlatformImages.PRIVATE_REPOSITORY))
                    .isEqualTo(List.copyOf(before));
            images.remove();
        }
    }

    /** Every container says on which machine it runs; a wrong one counts under the name of what was asked for, too. */
    private Map<String, Integer> raceOfSixty(String name) throws Exception {
        Map<Platform, String> machines = Map.of(S390X, "s390x", ARM_V7, "armv7l", ARM64, "aarch64");
        List<Callable<String>> starts = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            machines.forEach((platform, machine) -> starts.add(() -> {
                String actual = here.run(images.resolve(name, platform), "uname", "-m");
                return actual.equals(machine) ? machine : machine + " was answered by " + actual;
            }));
        }
        ExecutorService threads = Executors.newFixedThreadPool(starts.size());
        try {
            Map<String, Integer> counts = new TreeMap<>();
            for (Future<String> start : threads.invokeAll(starts)) {
                counts.merge(start.get(), 1, Integer::sum);
            }
            return counts;
        } finally {
            threads.shutdown();
        }
    }

    /** What one of many JVMs does. */
    static final class ResolveAndRun {
        public static void main(String[] arguments) {
            Engine engine = Engine.ofTestcontainers();
            PinnedImage image = new PlatformImages(engine)
                    .resolve(DockerImageName.parse(arguments[0]), Platform.parse(arguments[1]));
            System.out.println(new EngineImages(engine).run(image, "uname", "-m"));
        }
    }
}
