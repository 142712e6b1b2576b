package dev.foreignarch.container;

import static dev.foreignarch.arch.Architecture.AMD64;
import static dev.foreignarch.arch.Architecture.S390X;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.github.dockerjava.api.DockerClient;
import dev.foreignarch.arch.Architecture;
import dev.foreignarch.emulation.Emulation;
import dev.foreignarch.emulation.EmulationMode;
import dev.foreignarch.emulation.EmulationRequest;
import dev.foreignarch.emulation.EmulationSettings;
import dev.foreignarch.engine.LoadedImage;
import dev.foreignarch.engine.ScratchImage;
import dev.foreignarch.image.EngineImages;
import dev.foreignarch.image.LocalRegistry;
import dev.foreignarch.image.PlatformImages;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/** Images that say s390x, and hold programs of the machine that runs this test. */
@Tag("engine")
class WrongImageEngineTests {

    private static final String BUSYBOX = LocalRegistry.publish("wrong", "linux/amd64", "linux/s390x");
    /** It is ready when the native program says so, which then must be running. */
    private static final String BOTH = """
            #!/bin/sh
            /native/busybox sh -c 'echo ready; exec /native/busybox sleep 600' &
            exec /bin/sleep 600
            """;

    private static final String CAUSES =
            "\n  usual causes: the last stage of the Dockerfile begins with FROM --platform=$BUILDPLATFORM, which takes the"
                    + " base image of the machine that builds; or a binary that this machine compiled for itself was"
                    + " copied into the image, or by the test into the container"
                    + "\n  try: tell the image's publisher. If it is yours, leave --platform=$BUILDPLATFORM to the stages"
                    + " that only compile, compile for the target (in Go: GOARCH=$TARGETARCH), and copy the result into a"
                    + " last stage without --platform.";

    private static Emulation emulation;
    private static LoadedImage image;
    private static byte[] foreign;
    private static byte[] local;

    @BeforeAll
    static void makeTheImage() {
        emulation = Emulation.onDefaultEngine(EmulationSettings.DEFAULT);
        foreign = busybox(S390X);
        local = busybox(AMD64);
        image = emulation
                .engine()
                .load(new ScratchImage(
                        LocalRegistry.unique("wrong") + ":1",
                        S390X.platform(),
                        Map.of(
                                "/bin/sh", foreign,
                                "/bin/sleep", foreign,
                                "/native/sleep", local,
                                "/native/busybox", local,
                                "/exec.sh", "#!/bin/sh\nset -e\nexec \"$@\"\n".getBytes(UTF_8),
                                "/choose.sh", "#!/bin/sh\nif true; then exec \"$@\"; fi\n".getBytes(UTF_8),
                                "/both.sh", BOTH.getBytes(UTF_8)),
                        Map.of()));
    }

    private static byte[] busybox(Architecture architecture) {
        return emulation
                .engine()
                .readFirst(
                        new PlatformImages(emulation.engine())
                                .resolve(DockerImageName.parse(BUSYBOX), architecture.platform())
                                .id(),
                        List.of("/bin/busybox"))
                .orElseThrow()
                .getValue();
    }

    @AfterAll
    static void removeWhatThisClassBrought() {
        image.close();
        new EngineImages(emulation.engine())
                .remove(BUSYBOX.substring(BUSYBOX.indexOf('/') + 1, BUSYBOX.lastIndexOf(':')));
        emulation.close();
    }

    @Test
    void aProgramOfThisMachineIsRefusedBeforeItStarts() {
        try (GenericContainer<?> container = container("/native/sleep", "600")) {
            assertRefused(container, "/native/sleep");
        }
    }

    @Test
    void soIsOneThatAScriptLeadsTo() {
        try (GenericContainer<?> container = container("/exec.sh", "/native/busybox", "sleep", "600")) {
            assertRefused(container, "/native/busybox");
        }
    }

    @Test
    void soIsOneThatGetsAnEmulatorOfItsOwn() {
        try (GenericContainer<?> container = new GenericContainer<>(image.name()).withCommand("/native/sleep", "600")) {
            binding().bind(container, S390X, EmulationRequest.DEFAULT.withMode(EmulationMode.EXPLICIT));

            assertRefused(container, "/native/sleep");
        }
    }

    @Test
    void soIsOneThatTheTestHasCopied() {
        try (GenericContainer<?> container =
                container("/app/sleep", "600").withCopyToContainer(Transferable.of(local, 0755), "/app/sleep")) {
            assertRefused(container, "/app/sleep");
        }
    }

    @Test
    void whoeverStartsIt() {
        try (GenericContainer<?> container = container("/native/sleep", "600")) {
            assertThat(catchThrowable(container::start))
                    .rootCause()
                    .isInstanceOf(ForeignContainerException.class)
                    .hasMessageStartingWith(image.name() + " can't start on s390x: it starts with /native/sleep, ");
            assertThat(container.getContainerId()).isNull();
        }
    }

    @Test
    void oneThatTheTestReplacesIsNot() {
        try (GenericContainer<?> container = container("/native/sleep", "600")
                .withCopyToContainer(Transferable.of(foreign, 0755), "/native/sleep")) {
            binding().start(container);

            assertThat(ContainerBinding.summary(container)).matches("emulated by \\S*qemu-s390x\\S*, version .*");
            assertThat(ContainerBinding.observations(container)).isEmpty();
        }
    }

    @Test
    void whatNobodyCouldReadBeforeIsSeenAfterTheStart() {
        String[] command = {"/choose.sh", "/native/busybox", "sh", "-c", "echo ready; exec /native/busybox sleep 600"};
        try (GenericContainer<?> container = container(command).waitingFor(Wait.forLogMessage(".*ready.*", 1))) {
            Throwable failure = catchThrowable(() -> binding().start(container));

            assertThat(failure)
                    .isInstanceOf(ForeignContainerException.class)
                    .hasMessageStartingWith(
                            image.name() + " does not run on s390x: the engine runs all of its processes"
                                    + " otherwise (/native/busybox natively; seen after the start), so they are no programs for"
                                    + " s390x, though the image says that it is for linux/s390x. A machine of s390x refuses such"
                                    + " programs (exec format error), and the test tells nothing about s390x.\n  image: sha256:")
                    .hasMessageEndingWith(CAUSES);
            assertThat(container.getContainerId()).isNull();
        }
    }

    @Test
    void aNativeHelperOfAForeignProgramIsObserved() throws Exception {
        try (GenericContainer<?> container = container("/both.sh").waitingFor(Wait.forLogMessage(".*ready.*", 1))) {
            binding().start(container);
            List<String> afterStart = ContainerBinding.observations(container);
            container.execInContainer("/bin/sh", "-c", "/native/sleep 600 >/dev/null 2>&1 &");
            Awaitility.await().until(() -> {
                ContainerBinding.lookBeforeStop(container);
                return ContainerBinding.observations(container).size() > 1;
            });

            assertThat(afterStart).containsExactly("/native/busybox natively (seen after the start)");
            assertThat(ContainerBinding.observations(container))
                    .containsExactly(
                            "/native/busybox natively (seen after the start)",
                            "/native/sleep natively (seen before the stop)");
            assertThat(ContainerBinding.summary(container)).startsWith("emulated by ");
        }
    }

    @Test
    void aContainerThatHasEndedWasNotSeen() {
        try (GenericContainer<?> container =
                container("/bin/sh", "-c", "echo done").withStartupCheckStrategy(new OneShotStartupCheckStrategy())) {
            binding().start(container);

            assertThat(ContainerBinding.summary(container)).endsWith(" (not seen: it had ended)");
        }
    }

    @Test
    void aSecondContainerCostsOneLookMore() {
        ContainerBinding binding = binding();
        Map<String, Integer> first = calls(binding, S390X);
        Map<String, Integer> second = calls(binding, S390X);

        // The script, and the shell that runs it; and the program that the script leads to.
        assertThat(first).containsEntry("copyArchiveFromContainerCmd", 4).containsEntry("topContainerCmd", 1);
        assertThat(second).doesNotContainKey("copyArchiveFromContainerCmd").containsEntry("topContainerCmd", 1);
    }

    private static Map<String, Integer> calls(ContainerBinding binding, Architecture architecture) {
        Map<String, Integer> calls = new ConcurrentHashMap<>();
        try (GenericContainer<?> container =
                new CountedContainer(image.name(), calls).withCommand("/exec.sh", "/bin/sleep", "600")) {
            binding.bind(container, architecture);
            binding.start(container);
            return new HashMap<>(calls);
        }
    }

    private static ContainerBinding binding() {
        return new ContainerBinding(emulation, Duration.ofMinutes(1));
    }

    private static GenericContainer<?> container(String... command) {
        return binding().bind(new GenericContainer<>(image.name()).withCommand(command), S390X);
    }

    private static void assertRefused(GenericContainer<?> container, String program) {
        Throwable failure = catchThrowable(() -> binding().start(container));

        assertThat(failure)
                .isInstanceOf(ForeignContainerException.class)
                .hasMessageStartingWith(image.name() + " can't start on s390x: it starts with " + program
                        + ", a program for amd64, though the image says that it is for linux/s390x. A machine of s390x"
                        + " refuses such a program (exec format error); this engine would run it natively, and the test"
                        + " would tell nothing about s390x.\n  image: sha256:")
                .hasMessageEndingWith(" for linux/s390x" + CAUSES);
        assertThat(container.getContainerId()).isNull();
    }

    /** A container that counts what it asks of the engine. */
    private static final class CountedContainer extends GenericContainer<CountedContainer> {

        CountedContainer(String image, Map<String, Integer> calls) {
            super(DockerImageName.parse(image));
            DockerClient real = dockerClient;
            dockerClient = (DockerClient) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {DockerClient.class}, (proxy, method, arguments) -> {
                        calls.merge(method.getName(), 1, Integer::sum);
                        try {
                            return method.invoke(real, arguments);
                        } catch (InvocationTargetException thrown) {
                            throw Objects.requireNonNull(thrown.getCause());
                        }
                    });
        }
    }
}
