package dev.foreignarch.container;

import static dev.foreignarch.arch.Architecture.ARM64V8;
import static dev.foreignarch.arch.Architecture.S390X;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.foreignarch.engine.Engine;
import dev.foreignarch.image.EngineImages;
import dev.foreignarch.image.LocalRegistry;
import dev.foreignarch.image.PlatformImageException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
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
