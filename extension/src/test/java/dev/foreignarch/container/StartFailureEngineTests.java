package dev.foreignarch.container;

import static dev.foreignarch.arch.Architecture.ARM64V8;
import static dev.foreignarch.arch.Architecture.S390X;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HealthCheck;
import dev.foreignarch.engine.Engine;
import dev.foreignarch.image.EngineImages;
import dev.foreignarch.image.LocalRegistry;
import dev.foreignarch.image.PlatformImageException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.containers.wait.strategy.WaitStrategy;
import org.testcontainers.images.builder.Transferable;

@Tag("engine")
class StartFailureEngineTests {

    private final EngineImages here = new EngineImages(Engine.ofTestcontainers());
    private final String busybox = LocalRegistry.publish("failures", "linux/amd64", "linux/s390x");

    @AfterEach
    void removeWhatThisTestBrought() {
        here.remove(busybox.substring(busybox.indexOf('/') + 1, busybox.lastIndexOf(':')));
    }

    @Test
    void aScriptWithoutItsInterpreter() {
        assertMessage(
                failure(container("/script")
                        .withCopyToContainer(Transferable.of("echo hello\n", 0755), "/script")
                        .withExposedPorts(8080)
                        .waitingFor(soon())),
                "the kernel can't run the program that the container starts with (exec format error). Programs for"
                        + " s390x do run here, so this is not one, or it is a script that does not say by what it is"
                        + " run.",
                "exec format error",
                "A script needs a first line such as #!/bin/sh");
    }

    @Test
    void aProgramOfNoMachineBehindAPort() {
        assertMessage(
                failure(container("/program")
                        .withCopyToContainer(
                                Transferable.of(new byte[] {0x7f, 'E', 'L', 'F', 1, 2, 3}, 0755), "/program")
                        .withExposedPorts(8080)),
                "the kernel can't run the program that the container starts with (exec format error).",
                "exec format error",
                "labeled wrongly");
    }

    @Test
    void aShellThatHasNothingToRead() {
        assertMessage(
                failure(container("sh").withExposedPorts(8080).waitingFor(soon())),
                "its program ended at once, without an error.",
                "the container printed nothing",
                "container.withCommand(…)");
    }

    @Test
    void aProgramThatEndsWithAnError() {
        assertMessage(
                failure(container("sh", "-c", "echo first; echo no configuration; exit 3")
                        .withExposedPorts(8080)
                        .waitingFor(soon())),
                "its program ended with exit code 3.",
                "\n    first\n    no configuration",
                "docker run --rm " + busybox);
    }

    @Test
    void aCrashInTheEmulator() {
        assertMessage(
                failure(container("sh", "-c", "sh -c 'kill -SEGV $$'; exit 139")
                        .withExposedPorts(8080)
                        .waitingFor(soon())),
                "its program crashed in the emulator, by signal 11 (Segmentation fault).",
                "qemu: uncaught target signal 11 (Segmentation fault)",
                "take another QEMU (foreignarch.helper.image=…)");
    }

    @Test
    void aProgramThatTakesTooLong() {
        assertMessage(
                failure(container("sh", "-c", "echo starting; sleep 600")
                        .waitingFor(Wait.forLogMessage(".*ready.*", 1).withStartupTimeout(Duration.ofSeconds(3)))),
                "it ran, but was not ready after ",
                "\n    starting",
                "give it more time");
    }

    @Test
    void aPortThatIsNeverServed() {
        assertMessage(
                failure(container("sleep", "600")
                        .withExposedPorts(8080)
                        .waitingFor(ForeignContainers.portsServed(Duration.ofSeconds(3)))),
                "it ran, but was not ready after ",
                "(nothing serves the ports [8080] after 3 s). It is emulated, and so slower than on its own processor.",
                "give it more time");
    }

    @Test
    void aWrongPort() {
        assertMessage(
                failure(container("httpd", "-f", "-p", "8081")
                        .withExposedPorts(8080)
                        .waitingFor(ForeignContainers.portsServed(Duration.ofSeconds(7)))),
                "it ran, but was not ready after ",
                " s: its exposed port 8080 is not served, but port 8081 is.\n",
                "expose what it serves: container.withExposedPorts(8081); or let its program listen on port 8080.");
    }

    @Test
    void aWrongPortThatTestcontainersOwnStrategyWaitsFor() {
        assertMessage(
                failure(container("httpd", "-f", "-p", "8081")
                        .withExposedPorts(8080)
                        .waitingFor(Wait.forListeningPort().withStartupTimeout(Duration.ofSeconds(7)))),
                "it ran, but was not ready after ",
                " s: its exposed port 8080 is not served, but port 8081 is.\n",
                "expose what it serves: container.withExposedPorts(8081); or let its program listen on port 8080.");
    }

    @Test
    void aPortThatOnlyTheContainerItselfReaches() {
        assertMessage(
                failure(container("httpd", "-f", "-p", "127.0.0.1:8080")
                        .withExposedPorts(8080)
                        .waitingFor(ForeignContainers.portsServed(Duration.ofSeconds(12)))),
                "it ran, but was not ready after ",
                " s: its program listens on port 8080 of the loopback address only, where nobody outside of the container"
                        + " reaches it.\n",
                "let the program listen on all addresses of the container: 0.0.0.0 or [::].");
    }

    @Test
    void aPortThatTheContainerServesAndNobodyReachesIsNotReady() {
        assertMessage(
                failure(container("sh", "-c", "ip addr add 192.0.2.7/32 dev eth0 && exec httpd -f -p 192.0.2.7:8080")
                        .withCreateContainerCmdModifier(
                                create -> create.getHostConfig().withCapAdd(Capability.NET_ADMIN))
                        .withExposedPorts(8080)
                        .waitingFor(ForeignContainers.portsServed(Duration.ofSeconds(4)))),
                "it ran, but was not ready after ",
                "(nothing serves the ports [8080] after 4 s)",
                "give it more time");
    }

    @Test
    void aHealthCheckThatHasTooLittleTimeAndTheRemedyForIt() {
        assertMessage(
                failure(checked("sleep 2").waitingFor(Wait.forHealthcheck().withStartupTimeout(Duration.ofSeconds(8)))),
                "it ran, but was not healthy after ",
                "\n  last health checks:\n    exit code -1: Health check exceeded timeout (1s)\n",
                "container.withCreateContainerCmdModifier(create -> create.withHealthcheck(new"
                        + " HealthCheck().withTimeout(Duration.ofSeconds(30).toNanos())))");

        try (GenericContainer<?> remedied = checked("sleep 2")
                .withCreateContainerCmdModifier(create -> create.getHealthcheck()
                        .withTimeout(Duration.ofSeconds(30).toNanos()))
                .waitingFor(Wait.forHealthcheck().withStartupTimeout(Duration.ofSeconds(30)))) {
            ForeignContainers.start(remedied);

            assertThat(remedied.isHealthy()).isTrue();
        }
    }

    @Test
    void aHealthCheckThatFails() {
        assertMessage(
                failure(checked("echo not yet; exit 1")
                        .waitingFor(Wait.forHealthcheck().withStartupTimeout(Duration.ofSeconds(6)))),
                "it ran, but was not healthy after ",
                "\n  last health checks:\n    exit code 1: not yet\n",
                "read what the last checks said");
    }

    private GenericContainer<?> checked(String command) {
        return container("sleep", "600")
                .withCreateContainerCmdModifier(create -> create.withHealthcheck(new HealthCheck()
                        .withTest(List.of("CMD-SHELL", command))
                        .withInterval(Duration.ofSeconds(1).toNanos())
                        .withTimeout(Duration.ofSeconds(1).toNanos())
                        .withRetries(1)));
    }

    /** What happens when a script is copied into a running container, and run at once. */
    private static final String BUSY =
            "printf '#!/bin/sh\nexec sleep 600\n' > /start; chmod +x /start; exec 3>>/start; exec /start";

    @Test
    void aScriptThatIsStillBeingWritten() {
        assertMessage(
                failure(container("sh", "-c", BUSY).withExposedPorts(8080).waitingFor(soon())),
                "it has started a program that was still being written (text file busy, exit code 126).",
                "ext file busy\n",
                "container.withStartupAttempts(3)");
    }

    @Test
    void theNextAttemptIsBoundAsTheFirstOneWas() {
        AtomicInteger attempts = new AtomicInteger();
        try (GenericContainer<?> container = container("sh", "-c", BUSY)
                .withStartupAttempts(3)
                .waitingFor(new UntilItEnds())
                .withCreateContainerCmdModifier(create -> {
                    if (attempts.incrementAndGet() == 3) {
                        create.withCmd("sleep", "600");
                    }
                })) {
            ForeignContainers.start(container);

            assertThat(attempts).hasValue(3);
            assertThat(ForeignContainersEngineTests.machine(container)).isEqualTo("s390x");
        }
    }

    @Test
    void theLastOfSeveralAttemptsIsExplained() {
        AtomicInteger attempts = new AtomicInteger();
        assertMessage(
                failure(container("sh", "-c", "exit 4")
                        .withStartupAttempts(2)
                        .withExposedPorts(8080)
                        .waitingFor(soon())
                        .withCreateContainerCmdModifier(create ->
                                create.withCmd("sh", "-c", "echo attempt " + attempts.incrementAndGet() + "; exit 4"))),
                "its program ended with exit code 4.",
                "\n  last lines of the container:\n    attempt 2\n",
                "read its last lines");
        assertThat(attempts).hasValue(2);
    }

    @Test
    void aProgramThatUsesUpItsMemory() {
        assertMessage(
                failure(container("sh", "-c", "echo eating; tail /dev/zero")
                        .withExposedPorts(8080)
                        .withCreateContainerCmdModifier(create ->
                                create.getHostConfig().withMemory(48L << 20).withMemorySwap(48L << 20))),
                "the kernel killed it because its memory was used up",
                "at its limit of 48 MiB",
                "give it more memory");
    }

    @Test
    void aCommandThatTheImageDoesNotHave() {
        assertMessage(
                failure(container("no-such-program")),
                "the engine refused it: ",
                "executable file not found in $PATH",
                "change what the engine does not like");
    }

    @Test
    void anImageThatIsNotOfferedSpeaksForItself() {
        try (GenericContainer<?> container =
                ForeignContainers.bind(new GenericContainer<>(busybox).withCommand("sleep", "600"), ARM64V8)) {
            PlatformImageException refusal =
                    catchThrowableOfType(PlatformImageException.class, () -> ForeignContainers.start(container));

            assertThat(refusal).hasMessageStartingWith(busybox + " is not offered for linux/arm64 (");
        }
    }

    @Test
    void aContainerOfAnImageNameExplainsItselfWhoeverStartsIt() {
        try (GenericContainer<?> container = ForeignContainers.create(busybox, S390X)
                .withCommand("sh", "-c", "exit 7")
                .withExposedPorts(80)) {
            assertThat(catchThrowableOfType(ForeignContainerException.class, container::start))
                    .hasMessageContaining("its program ended with exit code 7.");
        }
    }

    /** Takes a container for started, but gives it the time to end. */
    private static final class UntilItEnds extends AbstractWaitStrategy {
        @Override
        protected void waitUntilReady() {
            Instant end = Instant.now().plusSeconds(3);
            while (waitStrategyTarget.isRunning() && end.isAfter(Instant.now())) {
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
        }
    }

    /** Testcontainers' own strategy goes on waiting for a minute when the container has ended. */
    private static WaitStrategy soon() {
        return ForeignContainers.portsServed(Duration.ofSeconds(30));
    }

    private GenericContainer<?> container(String... command) {
        return ForeignContainers.bind(new GenericContainer<>(busybox).withCommand(command), S390X);
    }

    private static ForeignContainerException failure(GenericContainer<?> container) {
        try (container) {
            return catchThrowableOfType(ForeignContainerException.class, () -> ForeignContainers.start(container));
        }
    }

    private void assertMessage(ForeignContainerException failure, String happened, String seen, String remedy) {
        assertThat(failure).isNotNull();
        assertThat(failure.getMessage())
                .startsWith(busybox + " did not start on s390x: " + happened)
                .contains("\n  image: sha256:", " for linux/s390x\n", "\n  s390x: emulated by ", "version ")
                .contains(seen)
                .containsPattern("\n  try: .*\\Q" + remedy + "\\E");
    }
}
