package dev.foreignarch.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.exception.BadRequestException;
import dev.foreignarch.arch.Architecture;
import dev.foreignarch.arch.Platform;
import dev.foreignarch.emulation.Verdict;
import dev.foreignarch.image.PinnedImage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.ContainerLaunchException;

class StartFailureTests {

    private static final PinnedImage IMAGE =
            new PinnedImage("redis:7", "sha256:12ab", Platform.parse("linux/arm/v7"), List.of(6379));

    private static final Verdict VERDICT =
            new Verdict.Emulated(Architecture.ARM32V7, "/usr/bin/qemu-arm-static", Optional.of("7.2.22"));

    @Test
    void tellsAllThatIsKnownInOneText() {
        assertThat(message("Container exited with code 1", exit(1), "first", "no configuration"))
                .isEqualTo("""
                        redis:7 did not start on arm32v7: its program ended with exit code 1.
                          image: sha256:12ab for linux/arm/v7
                          arm32v7: emulated by /usr/bin/qemu-arm-static, version 7.2.22
                          last lines of the container:
                            first
                            no configuration
                          try: read its last lines, and see whether it ends natively, too: docker run --rm redis:7""");
    }

    @Test
    void saysSoWhenTheContainerPrintedNothing() {
        assertThat(message("Container did not start correctly.", exit(0)))
                .contains("its program ended at once, without an error.", "\n  the container printed nothing\n");
    }

    @Test
    void knowsALibraryThatTheEmulatorMisses() {
        assertThat(message(
                        "Container exited with code 255",
                        exit(255),
                        "qemu-arm-static: Could not open '/lib/ld-linux-armhf.so.3': No such file or directory"))
                .contains(
                        "its program needs /lib/ld-linux-armhf.so.3, which the image does not have.",
                        "a base image that has the libraries of arm32v7.");
    }

    @Test
    void isNotMisledByAPageOfInspection() {
        assertThat(message("Condition was not fulfilled: … oomKilled=false … within 5 seconds.", exit(2)))
                .contains("its program ended with exit code 2.");
    }

    @Test
    void aContainerThatWasKilledAfterTheTimeWasUpDidNotEndByItself() {
        assertThat(message("Timed out waiting for log output", exit(137), "starting"))
                .contains("it ran, but was not ready after 61.0 s (Timed out waiting for log output). It is emulated");
    }

    @Test
    void aContainerThatWasKilledByItselfEnded() {
        assertThat(message("Wait strategy failed. Container exited with code 137", exit(137)))
                .contains("its program ended with exit code 137.");
    }

    @Test
    void tellsTheLimitOfTheMemory() {
        assertThat(message("Wait strategy failed.", Optional.of(new ContainerEnding(137, true, 64L << 20)), "loading"))
                .contains("the kernel killed it because its memory was used up, at its limit of 64 MiB.");
    }

    @Test
    void repeatsTheEnginesRefusal() {
        StartFailure failure = new StartFailure(
                IMAGE,
                new Verdict.Native(Architecture.ARM32V7),
                Optional.empty(),
                Duration.ofMillis(300),
                List.of(),
                Optional.empty(),
                StartWatch.Seen.NOTHING,
                new ContainerLaunchException(
                        "Could not create/start container",
                        new BadRequestException("{\"message\":\"port is already allocated\"}")));

        assertThat(failure.message())
                .startsWith("redis:7 did not start on arm32v7: the engine refused it: port is already allocated");
    }

    @Test
    void knowsAChildThatExplicitEmulationDoesNotRun() {
        assertThat(explicit(Optional.empty(), "tini: exec redis-server failed: Exec format error"))
                .isEqualTo("""
                        redis:7 did not start on arm32v7: its program has tried to start another program for arm32v7 (exec \
                        format error). Explicit emulation runs one program and none that it starts: those need a handler in \
                        the kernel's table.
                          image: sha256:12ab for linux/arm/v7
                          arm32v7: explicit emulation by /usr/bin/qemu-arm-static of this machine
                          last lines of the container:
                            tini: exec redis-server failed: Exec format error
                          try: let ForeignArch register a handler (foreignarch.registration=auto, and emulation = \
                        AUTOMATIC), or let the container start with a program that starts no other: \
                        container.withCreateContainerCmdModifier(create -> create.withEntrypoint("/path/of/program"))""");
    }

    @Test
    void knowsAnInstructionThatTheCpuModelLacks() {
        assertThat(explicit(
                        Optional.of("arm1176"), "qemu: uncaught target signal 4 (Illegal instruction) - core dumped"))
                .isEqualTo("""
                        redis:7 did not start on arm32v7: its program has come to an instruction that the CPU model arm1176 \
                        does not have (SIGILL).
                          image: sha256:12ab for linux/arm/v7
                          arm32v7: explicit emulation by /usr/bin/qemu-arm-static of this machine, CPU model arm1176
                          last lines of the container:
                            qemu: uncaught target signal 4 (Illegal instruction) - core dumped
                          try: build the program for that CPU, or name a CPU model that has the instruction.""");
    }

    @Test
    void knowsACpuModelThatDoesNotExist() {
        assertThat(explicit(Optional.of("arm1177"), "qemu-arm-static: unable to find CPU model 'arm1177'"))
                .isEqualTo("""
                        redis:7 did not start on arm32v7: QEMU knows no CPU model arm1177 for arm32v7.
                          image: sha256:12ab for linux/arm/v7
                          arm32v7: explicit emulation by /usr/bin/qemu-arm-static of this machine, CPU model arm1177
                          last lines of the container:
                            qemu-arm-static: unable to find CPU model 'arm1177'
                          try: name one that it knows. The command qemu-arm-static -cpu help lists them.""");
    }

    @Test
    void quotesTheLogOfHealthChecksThatHadTooLittleTime() {
        StartWatch.Seen seen = seen(
                Set.of(),
                Set.of(),
                new HealthLog(
                        4,
                        Duration.ofSeconds(1),
                        List.of("exit code 1: no", "exit code -1: Health check exceeded timeout (1s)")));

        assertThat(message("Timed out waiting for container to become healthy", exit(137), seen, "starting"))
                .isEqualTo("""
                        redis:7 did not start on arm32v7: it ran, but was not healthy after 61.0 s: its health check \
                        exceeded its own limit of 1.0 s, 4 times in a row. The check is emulated, too, and so slower than \
                        on its own processor.
                          image: sha256:12ab for linux/arm/v7
                          arm32v7: emulated by /usr/bin/qemu-arm-static, version 7.2.22
                          last lines of the container:
                            starting
                          last health checks:
                            exit code 1: no
                            exit code -1: Health check exceeded timeout (1s)
                          try: give the check more time: container.withCreateContainerCmdModifier(create -> \
                        create.withHealthcheck(new HealthCheck().withTimeout(Duration.ofSeconds(30).toNanos()))), or \
                        HEALTHCHECK --timeout=30s in the image. Or wait for something else: \
                        container.waitingFor(ForeignContainers.portsServed(Duration.ofMinutes(5)))""");
    }

    @Test
    void quotesTheLogOfHealthChecksThatFailed() {
        StartWatch.Seen seen =
                seen(Set.of(), Set.of(), new HealthLog(1, Duration.ofSeconds(30), List.of("exit code 1: no")));

        assertThat(message("Timed out waiting for container to become healthy", exit(137), seen, "starting"))
                .contains("it ran, but was not healthy after 61.0 s: its health check failed, once.\n")
                .endsWith("""

                          last health checks:
                            exit code 1: no
                          try: read what the last checks said, or wait for something else: \
                        container.waitingFor(ForeignContainers.portsServed(Duration.ofMinutes(5)))""");
    }

    @Test
    void doesNotBlameHealthChecksThatNobodyWaitedFor() {
        StartWatch.Seen seen =
                seen(Set.of(80), Set.of(), new HealthLog(1, Duration.ofSeconds(30), List.of("exit code 1: no")));

        assertThat(message("Timed out waiting for log output", exit(137), seen, "starting"))
                .contains("it ran, but was not ready after 61.0 s (Timed out waiting for log output).")
                .doesNotContain("health", "port 80");
    }

    @Test
    void namesThePortsThatAreServedInPlaceOfTheExposedOne() {
        assertThat(message("nothing serves the ports [8080] after 61 s", exit(137), seen(Set.of(443, 80), Set.of())))
                .isEqualTo("""
                        redis:7 did not start on arm32v7: it ran, but was not ready after 61.0 s: its exposed port 8080 is \
                        not served, but ports 80, 443 are.
                          image: sha256:12ab for linux/arm/v7
                          arm32v7: emulated by /usr/bin/qemu-arm-static, version 7.2.22
                          the container printed nothing
                          try: expose what it serves: container.withExposedPorts(80, 443); or let its program listen on \
                        port 8080.""");
    }

    @Test
    void knowsAPortThatIsServedInsideTheContainerOnly() {
        assertThat(message("Timed out waiting for container port to open", exit(137), seen(Set.of(80), Set.of(8080))))
                .isEqualTo("""
                        redis:7 did not start on arm32v7: it ran, but was not ready after 61.0 s: its program listens on \
                        port 8080 of the loopback address only, where nobody outside of the container reaches it.
                          image: sha256:12ab for linux/arm/v7
                          arm32v7: emulated by /usr/bin/qemu-arm-static, version 7.2.22
                          the container printed nothing
                          try: let the program listen on all addresses of the container: 0.0.0.0 or [::].""");
    }

    @Test
    void knowsAProgramThatWasStillBeingWritten() {
        assertThat(message("Container exited with code 126", exit(126), "sh: /start.sh: Text file busy"))
                .isEqualTo("""
                        redis:7 did not start on arm32v7: it has started a program that was still being written (text file \
                        busy, exit code 126). A file that is copied into a running container can be seen there before it is \
                        complete.
                          image: sha256:12ab for linux/arm/v7
                          arm32v7: emulated by /usr/bin/qemu-arm-static, version 7.2.22
                          last lines of the container:
                            sh: /start.sh: Text file busy
                          try: copy it before the start: container.withCopyToContainer(…). Or let the command wait until \
                        it can be run, or let the container try again: container.withStartupAttempts(3)""");
    }

    private static StartWatch.Seen seen(Set<Integer> listening, Set<Integer> inside, HealthLog... health) {
        return new StartWatch.Seen(
                List.of(8080),
                Optional.of(new ContainerPorts(listening, Set.of(), inside, Set.of())),
                Stream.of(health).findFirst());
    }

    private static String explicit(Optional<String> cpu, String line) {
        return new StartFailure(
                        IMAGE,
                        new Verdict.Explicit(Architecture.ARM32V7, "/usr/bin/qemu-arm-static of this machine"),
                        cpu,
                        Duration.ofSeconds(1),
                        List.of(line),
                        exit(1),
                        StartWatch.Seen.NOTHING,
                        new ContainerLaunchException("Container did not start correctly."))
                .message();
    }

    private static Optional<ContainerEnding> exit(int code) {
        return Optional.of(new ContainerEnding(code, false, 0));
    }

    private static String message(String cause, Optional<ContainerEnding> ending, String... lines) {
        return message(cause, ending, StartWatch.Seen.NOTHING, lines);
    }

    private static String message(
            String cause, Optional<ContainerEnding> ending, StartWatch.Seen seen, String... lines) {
        return new StartFailure(
                        IMAGE,
                        VERDICT,
                        Optional.empty(),
                        Duration.ofSeconds(61),
                        List.of(lines),
                        ending,
                        seen,
                        new ContainerLaunchException("Container startup failed", new IllegalStateException(cause)))
                .message();
    }
}
