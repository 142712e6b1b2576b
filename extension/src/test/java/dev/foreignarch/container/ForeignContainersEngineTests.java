package dev.foreignarch.container;

import static dev.foreignarch.arch.Architecture.ARM32V7;
import static dev.foreignarch.arch.Architecture.ARM64V8;
import static dev.foreignarch.arch.Architecture.S390X;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.engine.Engine;
import dev.foreignarch.image.EngineImages;
import dev.foreignarch.image.LocalRegistry;
import dev.foreignarch.image.OtherJvm;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.postgresql.PostgreSQLContainer;

@Tag("engine")
class ForeignContainersEngineTests {

    private final Engine engine = Engine.ofTestcontainers();
    private final EngineImages here = new EngineImages(engine);
    private final String busybox =
            LocalRegistry.publish("containers", "linux/amd64", "linux/s390x", "linux/arm/v7", "linux/arm64");

    @AfterEach
    void removeWhatThisTestBrought() {
        here.remove(path(busybox));
    }

    @Test
    void anImageNameIsEnough() throws IOException {
        try (GenericContainer<?> redis = ForeignContainers.create("redis:7", ARM64V8)) {
            redis.start();

            assertThat(redis.getDockerImageName()).isEqualTo("redis:7");
            assertThat(redis.getExposedPorts()).containsExactly(6379);
            assertThat(machine(redis)).isEqualTo("aarch64");
            assertThat(ping(redis)).startsWith("+PONG");
        }
    }

    @Test
    void aContainerOfOnesOwnTypeIsBound() {
        try (Sleeper own = ForeignContainers.bind(new Sleeper(busybox), S390X)) {
            own.start();

            assertThat(machine(own)).isEqualTo("s390x");
            assertThat(own.getDockerImageName()).isEqualTo(busybox);
        }
    }

    @Test
    void bindingAgainReplacesTheArchitecture() {
        try (Sleeper own = ForeignContainers.bind(new Sleeper(busybox), S390X)) {
            ForeignContainers.bind(own, ARM32V7);
            own.start();

            assertThat(machine(own)).isEqualTo("armv7l");
            assertThat(own.getContainerInfo().getConfig().getLabels())
                    .containsEntry(ContainerBinding.PLATFORM_LABEL, "linux/arm/v7");
        }
    }

    @Test
    void aContainerThatWasStoppedCanMoveToAnotherArchitecture() {
        try (Sleeper own = ForeignContainers.bind(new Sleeper(busybox), S390X)) {
            own.start();
            own.stop();
            ForeignContainers.bind(own, ARM64V8).start();

            assertThat(machine(own)).isEqualTo("aarch64");
        }
    }

    @Test
    void aStartedContainerCanNotBeMoved() {
        try (Sleeper own = new Sleeper(busybox)) {
            own.start();

            assertThatIllegalStateException()
                    .isThrownBy(() -> ForeignContainers.bind(own, S390X))
                    .withMessage(
                            "The container " + own.getContainerName()
                                    + " has been started already, so it can't be moved to s390x. Bind it before it is started.");
        }
    }

    @Test
    void onlyBoundContainersAreStarted() {
        try (Sleeper own = new Sleeper(busybox)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ForeignContainers.start(own))
                    .withMessage("The container is not bound to an architecture. Bind it before it is started.");
        }
    }

    @Test
    @Tag("each-store")
    void hostAndForeignContainersOfOneTagRunBesideEachOther() {
        try (Sleeper before = new Sleeper(busybox);
                Sleeper foreign = ForeignContainers.bind(new Sleeper(busybox), S390X);
                Sleeper after = new Sleeper(busybox)) {
            before.start();
            foreign.start();
            after.start();

            assertThat(machine(before)).isEqualTo("x86_64");
            assertThat(machine(foreign)).isEqualTo("s390x");
            assertThat(machine(after)).isEqualTo("x86_64");
        }
    }

    @Test
    @Tag("each-store")
    void aHostContainerRunsTheHostsImageAfterAForeignOneThatCameFirst() {
        try (Sleeper foreign = ForeignContainers.bind(new Sleeper(busybox), S390X);
                Sleeper host = new Sleeper(busybox)) {
            foreign.start();
            host.start();

            assertThat(machine(host)).isEqualTo("x86_64");
        }
    }

    @Test
    @Tag("each-store")
    void containersOfTwoArchitecturesTalkOverANetwork() throws Exception {
        try (Network network = Network.newNetwork();
                GenericContainer<?> server = ForeignContainers.bind(
                        new Sleeper(busybox).withNetwork(network).withNetworkAliases("server"), S390X);
                GenericContainer<?> client = new Sleeper(busybox).withNetwork(network)) {
            // Pulled at the same time, the host's image may lose its tag before an ordinary container is made of it.
            here.pull(busybox);
            server.withCommand("sh", "-c", "mkdir /www && uname -m > /www/machine && httpd -f -h /www -p 8080");
            Startables.deepStart(server, client).join();

            assertThat(client.execInContainer(
                                    "sh",
                                    "-c",
                                    "for i in 1 2 3 4 5 6 7 8 9 10; do"
                                            + " wget -q -O - http://server:8080/machine && break; sleep 0.5; done")
                            .getStdout())
                    .isEqualToIgnoringNewLines("s390x");
        }
    }

    @Test
    void aProgramThatIsMeantToEndIsStartedToo() {
        try (GenericContainer<?> container = ForeignContainers.bind(
                new GenericContainer<>(busybox)
                        .withCommand("uname", "-m")
                        .withStartupCheckStrategy(new OneShotStartupCheckStrategy()),
                S390X)) {
            ForeignContainers.start(container);

            assertThat(container.getLogs().strip()).isEqualTo("s390x");
        }
    }

    @Test
    void portsServedIsAStrategyForOneContainer() {
        try (GenericContainer<?> container = ForeignContainers.bind(
                new GenericContainer<>(busybox)
                        .withCommand("httpd", "-f", "-p", "8080")
                        .withExposedPorts(8080)
                        .waitingFor(ForeignContainers.portsServed(Duration.ofMinutes(2))),
                ARM64V8)) {
            ForeignContainers.start(container);

            assertThat(machine(container)).isEqualTo("aarch64");
        }
    }

    @Test
    void aContainerOfAModuleIsBound() throws Exception {
        try (PostgreSQLContainer db = ForeignContainers.bind(new PostgreSQLContainer("postgres:15"), ARM64V8)) {
            ForeignContainers.start(db);

            assertThat(machine(db)).isEqualTo("aarch64");
            assertThat(db.execInContainer(
                                    "psql", "-U", db.getUsername(), "-d", db.getDatabaseName(), "-Atc", "select 6*7")
                            .getStdout()
                            .strip())
                    .isEqualTo("42");
        }
    }

    @Test
    @Tag("each-store")
    void theHostsImageRunsInTheNextJvm() {
        try (Sleeper foreign = ForeignContainers.bind(new Sleeper(busybox), S390X)) {
            foreign.start();
        }

        assertThat(OtherJvm.start(HostContainer.class, busybox).output()).endsWith("x86_64");
    }

    /** An ordinary test of the next JVM. */
    static final class HostContainer {
        public static void main(String[] arguments) {
            try (Sleeper host = new Sleeper(arguments[0])) {
                host.start();
                System.out.println(machine(host));
            }
        }
    }

    /** What a configuration class of Spring does: it makes a container, and asks for its name before it is started. */
    @Test
    void aBeanThatIsAskedForItsImageNameEarlyIsStillBound() {
        try (Sleeper bean = sleeperBean(busybox, ARM32V7)) {
            String name = bean.getDockerImageName();
            bean.start();

            assertThat(name).isEqualTo(busybox);
            assertThat(machine(bean)).isEqualTo("armv7l");
        }
    }

    private static Sleeper sleeperBean(String image, Architecture architecture) {
        return ForeignContainers.bind(new Sleeper(image), architecture);
    }

    static final class Sleeper extends GenericContainer<Sleeper> {
        Sleeper(String image) {
            super(image);
            withCommand("sleep", "600");
        }
    }

    static String machine(GenericContainer<?> container) {
        return exec(container, "uname", "-m");
    }

    static String exec(GenericContainer<?> container, String... command) {
        try {
            return container.execInContainer(command).getStdout().strip();
        } catch (IOException | InterruptedException exception) {
            throw new IllegalStateException(exception);
        }
    }

    private static String ping(GenericContainer<?> redis) throws IOException {
        try (Socket socket = new Socket(redis.getHost(), redis.getFirstMappedPort());
                OutputStream request = socket.getOutputStream();
                InputStream answer = socket.getInputStream()) {
            request.write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            return new String(answer.readNBytes(7), StandardCharsets.US_ASCII);
        }
    }

    private static String path(String name) {
        return name.substring(name.indexOf('/') + 1, name.lastIndexOf(':'));
    }
}
