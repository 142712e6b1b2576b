package dev.foreignarch.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.container.ForeignContainers;
import dev.foreignarch.image.NativeImage;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** Testcontainers' own extension in the same class as ours, on a real engine. */
@Tag("engine")
class BesideTestcontainersTests {

    private static final List<String> MACHINES = new CopyOnWriteArrayList<>();

    @BeforeEach
    void forget() {
        MACHINES.clear();
    }

    @Test
    void eachStartsItsOwnContainers() {
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(BothTestCase.class))
                .execute()
                .testEvents()
                .assertStatistics(events -> events.started(2).succeeded(2));

        assertThat(MACHINES)
                .containsExactly(
                        "shared x86_64, bound armv7l, foreign aarch64", "shared x86_64, bound armv7l, foreign s390x");
    }

    @Testcontainers
    @ForeignArch({"arm64v8", "s390x"})
    static class BothTestCase {

        @Container
        static final GenericContainer<?> SHARED = nativeSleeper();

        @Container
        GenericContainer<?> bound = ForeignContainers.bind(sleeper(), Architecture.ARM32V7);

        @ForeignContainer("busybox:1.36")
        GenericContainer<?> foreign;

        @Test
        void test() throws Exception {
            MACHINES.add("shared " + machine(SHARED) + ", bound " + machine(bound) + ", foreign " + machine(foreign));
        }
    }

    private static GenericContainer<?> nativeSleeper() {
        return sleeper(NativeImage.of("busybox:1.36"));
    }

    private static GenericContainer<?> sleeper() {
        return sleeper("busybox:1.36");
    }

    private static GenericContainer<?> sleeper(String image) {
        return new GenericContainer<>(image).withCommand("sleep", "600");
    }

    private static String machine(GenericContainer<?> container) throws Exception {
        return container.execInContainer("uname", "-m").getStdout().strip();
    }
}
