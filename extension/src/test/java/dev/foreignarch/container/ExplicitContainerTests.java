package dev.foreignarch.container;

import static dev.foreignarch.arch.Architecture.ARM32V7;
import static dev.foreignarch.arch.Architecture.S390X;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Container;
import dev.foreignarch.arch.Architecture;
import dev.foreignarch.emulation.ArchitectureUnavailableException;
import dev.foreignarch.emulation.Emulation;
import dev.foreignarch.emulation.EmulationMode;
import dev.foreignarch.emulation.EmulationRequest;
import dev.foreignarch.emulation.EmulationSettings;
import dev.foreignarch.emulation.Registration;
import dev.foreignarch.engine.Engine;
import dev.foreignarch.engine.LoadedImage;
import dev.foreignarch.engine.PrivateEngine;
import dev.foreignarch.engine.ScratchImage;
import dev.foreignarch.image.EngineImages;
import dev.foreignarch.image.LocalRegistry;
import dev.foreignarch.image.PlatformImages;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;
import org.testcontainers.utility.DockerImageName;

/** Containers that start with one program, by an emulator of their own before their command. */
@Tag("engine")
class ExplicitContainerTests {

    @RegisterExtension
    static final PrivateEngine EMPTY = PrivateEngine.with();

    /** It refuses privileged containers, and its host has no table mounted: nothing can be registered. */
    @RegisterExtension
    static final PrivateEngine REFUSING = PrivateEngine.with("--docker20", "--no-binfmt-mount");

    private static final EmulationSettings NEVER = new EmulationSettings(Registration.NEVER, Optional.empty());
    private static final EmulationRequest EXPLICIT = EmulationRequest.DEFAULT.withMode(EmulationMode.EXPLICIT);
    private static final String BUSYBOX = LocalRegistry.publish("explicit", "linux/arm/v7", "linux/s390x");

    private static Emulation here;

    @BeforeAll
    static void connect() {
        here = Emulation.onDefaultEngine(EmulationSettings.DEFAULT);
    }

    @AfterAll
    static void removeWhatThisClassBrought() {
        String repository = BUSYBOX.substring(BUSYBOX.indexOf('/') + 1, BUSYBOX.lastIndexOf(':'));
        new EngineImages(here.engine()).remove(repository);
        here.close();
    }

    @Test
    void runWhereRegistrationIsForbidden() {
        String before = EMPTY.sh("ls /proc/sys/fs/binfmt_misc");

        assertRuns(EMPTY, NEVER);

        assertThat(EMPTY.sh("ls /proc/sys/fs/binfmt_misc")).isEqualTo(before).doesNotContain("qemu");
    }

    @Test
    void runWhereTheEngineRefusesPrivilegesToo() {
        assertRuns(REFUSING, EmulationSettings.DEFAULT);
    }

    private static void assertRuns(PrivateEngine host, EmulationSettings settings) {
        try (Emulation emulation = Emulation.on(host.engine(), settings)) {
            for (Architecture architecture : new Architecture[] {ARM32V7, S390X}) {
                try (LoadedImage image = busybox(host.engine(), architecture);
                        GenericContainer<?> container = command(host.client(), image.name(), "uname", "-m")) {
                    binding(emulation).bind(container, architecture);
                    binding(emulation).start(container);

                    assertThat(container.getLogs()).isEqualTo(architecture.machineName() + "\n");
                    assertThat(ContainerBinding.summary(container))
                            .isEqualTo("explicit emulation by /usr/bin/qemu-" + architecture.qemuTarget()
                                    + "-static of this machine (not seen: it had ended)");
                }
            }
        }
    }

    @Test
    void runOnRequestWhereThereAreHandlersOnOneArchitectureAfterTheOther() {
        try (GenericContainer<?> container = command(here.engine().client(), BUSYBOX, "uname", "-m")) {
            for (Architecture architecture : new Architecture[] {ARM32V7, S390X, ARM32V7}) {
                binding(here).bind(container, architecture, EXPLICIT);
                binding(here).start(container);

                assertThat(container.getLogs()).isEqualTo(architecture.machineName() + "\n");
                assertThat(ContainerBinding.summary(container)).startsWith("explicit emulation by ");
                container.stop();
            }
        }
    }

    @Test
    void aScriptIsRefusedBeforeTheStart() {
        try (Emulation emulation = Emulation.on(EMPTY.engine(), NEVER);
                LoadedImage image = script(emulation.engine(), "#!/bin/sh -e\nexec uname -m\n");
                GenericContainer<?> container = command(EMPTY.client(), image.name(), "entrypoint.sh")) {
            binding(emulation).bind(container, S390X);

            assertThatThrownBy(() -> binding(emulation).start(container))
                    .isInstanceOf(ArchitectureUnavailableException.class)
                    .hasMessage("Programs for s390x can't run here: " + image.name()
                            + " starts with the script /bin/entrypoint.sh, and /bin/sh starts other programs. An emulator"
                            + " that is put before a command runs one program and none that it starts: those need a"
                            + " handler in the kernel's table. There is none: " + unavailable(emulation));
            // What stands for this JVM runs; nothing else does.
            assertThat(EMPTY.client().listContainersCmd().withShowAll(true).exec())
                    .extracting(Container::getCommand)
                    .allMatch(running -> running.startsWith("/foreignarch/helper session"));
        }
    }

    /** Return what is said of programs in general, with the other way out that there is for a container. */
    private static String unavailable(Emulation emulation) {
        String message =
                catchThrowable(() -> emulation.prepare(S390X).orThrow()).getMessage();
        return message.replace("Programs for s390x can't run here: ", "")
                .replace(
                        "remedy: ",
                        "remedy: let the container start with the program itself: container"
                                + ".withCreateContainerCmdModifier(create -> create.withEntrypoint("
                                + "\"/path/of/program\")). Or ");
    }

    @Test
    void aScriptIsRefusedOnRequestToo() {
        try (LoadedImage image = script(here.engine(), "#!/usr/bin/env bash\n");
                GenericContainer<?> container = command(here.engine().client(), image.name(), "/bin/entrypoint.sh")) {
            binding(here).bind(container, S390X, EXPLICIT);

            assertThatThrownBy(() -> binding(here).start(container))
                    .isInstanceOf(ForeignContainerException.class)
                    .hasMessage(image.name()
                            + " starts with the script /bin/entrypoint.sh, and /usr/bin/env starts other programs. An"
                            + " emulator that is put before a command runs one program and none that it starts: those"
                            + " need a handler in the kernel's table, which emulation = EXPLICIT does without.\n"
                            + "  try: leave it out, or let the container start with the program itself:"
                            + " container.withCreateContainerCmdModifier(create ->"
                            + " create.withEntrypoint(\"/path/of/program\")).");
        }
    }

    @Test
    void aForeignChildIsExplained() {
        try (Emulation emulation = Emulation.on(EMPTY.engine(), NEVER);
                LoadedImage image = busybox(EMPTY.engine(), S390X);
                GenericContainer<?> container = command(EMPTY.client(), image.name(), "sh", "-c", "/bin/uname -m")) {
            binding(emulation).bind(container, S390X);

            assertThatThrownBy(() -> binding(emulation).start(container))
                    .isInstanceOf(ForeignContainerException.class)
                    .hasMessageStartingWith(
                            image.name() + " did not start on s390x: its program has tried to start another"
                                    + " program for s390x (exec format error). Explicit emulation runs one program and none that"
                                    + " it starts: those need a handler in the kernel's table.\n  image: sha256:")
                    .hasMessageEndingWith(" for linux/s390x\n"
                            + "  s390x: explicit emulation by /usr/bin/qemu-s390x-static of this machine\n"
                            + "  last lines of the container:\n"
                            + "    sh: /bin/uname: Exec format error\n"
                            + "  try: let ForeignArch register a handler (foreignarch.registration=auto, and emulation ="
                            + " AUTOMATIC), or let the container start with a program that starts no other:"
                            + " container.withCreateContainerCmdModifier(create ->"
                            + " create.withEntrypoint(\"/path/of/program\"))");
        }
    }

    @Test
    void aCpuModelMakesAnInstructionIllegal() {
        try (GenericContainer<?> container = command(here.engine().client(), BUSYBOX, "uname", "-m")) {
            binding(here).bind(container, ARM32V7, EmulationRequest.DEFAULT.withCpu("arm926"));

            assertThatThrownBy(() -> binding(here).start(container))
                    .isInstanceOf(ForeignContainerException.class)
                    .hasMessageStartingWith(
                            BUSYBOX + " did not start on arm32v7: its program has come to an instruction"
                                    + " that the CPU model arm926 does not have (SIGILL).\n  image: sha256:")
                    .hasMessageContaining(", CPU model arm926\n")
                    .hasMessageEndingWith("\n  try: build the program for that CPU, or name a CPU model that has the"
                            + " instruction.");
        }
    }

    @Test
    void aCpuModelStandsInTheEnvironmentUnlessTheUsersOwnDoes() {
        DockerClient client = here.engine().client();
        EmulationRequest cortex = EmulationRequest.DEFAULT.withCpu("cortex-a15");
        String[] tell = {"sh", "-c", "echo $QEMU_CPU"};
        try (GenericContainer<?> plain = command(client, BUSYBOX, tell);
                GenericContainer<?> own = command(client, BUSYBOX, tell)) {
            binding(here).bind(plain, ARM32V7, cortex);
            binding(here).bind(own.withEnv("QEMU_CPU", "cortex-a7"), ARM32V7, cortex);
            binding(here).start(plain);
            binding(here).start(own);

            assertThat(plain.getLogs()).isEqualTo("cortex-a15\n");
            assertThat(own.getLogs()).isEqualTo("cortex-a7\n");
            assertThat(ContainerBinding.summary(plain)).contains(", CPU model cortex-a15");
        }
    }

    private static ContainerBinding binding(Emulation emulation) {
        return new ContainerBinding(emulation, Duration.ofMinutes(1));
    }

    private static GenericContainer<?> command(DockerClient client, String image, String... command) {
        return new ContainerElsewhere(client, image)
                .withNetworkMode("none")
                .withCommand(command)
                .withStartupCheckStrategy(new OneShotStartupCheckStrategy());
    }

    private static LoadedImage script(Engine engine, String content) {
        return image(engine, S390X, Map.of("/bin/entrypoint.sh", content.getBytes(UTF_8)));
    }

    /** The private engines have no network; the machine's engine lends them programs. */
    private static LoadedImage busybox(Engine engine, Architecture architecture) {
        byte[] program = here.engine()
                .readFirst(
                        new PlatformImages(here.engine())
                                .resolve(DockerImageName.parse(BUSYBOX), architecture.platform())
                                .id(),
                        List.of("/bin/busybox"))
                .orElseThrow()
                .getValue();
        return image(engine, architecture, Map.of("/bin/sh", program, "/bin/uname", program));
    }

    private static LoadedImage image(Engine engine, Architecture architecture, Map<String, byte[]> files) {
        return engine.load(
                new ScratchImage(LocalRegistry.unique("explicit") + ":1", architecture.platform(), files, Map.of()));
    }
}
