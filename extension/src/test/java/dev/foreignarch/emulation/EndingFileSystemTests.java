package dev.foreignarch.emulation;

import static dev.foreignarch.arch.Architecture.PPC64LE;
import static dev.foreignarch.arch.Architecture.S390X;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foreignarch.engine.ContainerSpec;
import dev.foreignarch.engine.ContainerSpec.HostMount;
import dev.foreignarch.engine.PrivateEngine;
import dev.foreignarch.engine.RunningContainer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Podman with fuse-overlayfs: a container's files end with it, even for those who have them open. */
@Tag("engine")
class EndingFileSystemTests {

    @RegisterExtension
    static final PrivateEngine HOST = PrivateEngine.with("--podman");

    @AfterEach
    void nothing_is_registered() {
        HOST.sh("echo -1 > " + HandlerTable.PATH + "/status");
    }

    @Test
    void a_handler_outlives_the_container_that_registered_it() {
        try (Emulation emulation = emulation(Registration.AUTO)) {
            assertThat(emulation.prepare(List.of(S390X, PPC64LE)).values())
                    .extracting(Verdict::summary)
                    .allMatch(summary -> summary.matches("emulated by /foreignarch/qemu-\\w+-static, version [0-9.]+"));
        }
        Containers.awaitNone(HOST);

        try (Emulation emulation = emulation(Registration.NEVER)) {
            assertThat(emulation.prepare(List.of(S390X, PPC64LE)).values())
                    .extracting(Verdict::summary)
                    .allMatch(summary -> summary.matches("emulated by /foreignarch/qemu-\\w+-static, version [0-9.]+"));
            assertThat(emulation.undo()).containsExactlyInAnyOrder("qemu-s390x", "qemu-ppc64le");
        }
    }

    /** As ForeignArch did it in the beginning. */
    @Test
    void a_handler_that_did_not_outlive_it_is_explained_and_replaced() throws Exception {
        Handler handler = Handler.of(S390X, "/foreignarch/qemu-s390x-static", "CF");
        ContainerSpec spec = ContainerSpec.of(
                        HelperImage.on(HOST.engine()),
                        List.of(HelperImage.HELPER, "keep", HelperImage.TABLE, "600", HelperImage.NOTES))
                .withMount(new HostMount(HandlerTable.PATH, HelperImage.TABLE, false))
                .withWritableRoot();
        try (RunningContainer container = HOST.engine().create(spec)) {
            container.startUntil(text -> text.contains("keeping"), Duration.ofSeconds(60));
            container.put(Map.of(handler.interpreter(), Files.readAllBytes(Path.of("/usr/bin/qemu-s390x-static"))));
            container.exec(
                    List.of(HelperImage.HELPER, "write", HelperImage.TABLE + "/register", handler.registration()),
                    Duration.ofSeconds(60));
        }

        try (Emulation emulation = emulation(Registration.AUTO)) {
            assertThat(Answer.ofPreparing(emulation, S390X)).isEqualTo("""
                    Programs for s390x can't run here: the emulator that is registered for them as 'qemu-s390x' does not work: the file system that it lay in has ended with the container that brought it.
                      seen: the kernel refused the probe: no such file or directory (ENOENT)
                      seen: qemu-s390x: enabled, interpreter /foreignarch/qemu-s390x-static, flags OCF
                      seen: ForeignArch has registered it, and only registers what is statically linked
                      seen: engine: %s
                      remedy: let ForeignArch replace it, once with -Dforeignarch.registration=repair, or remove it on the engine's host: echo -1 | sudo tee /proc/sys/fs/binfmt_misc/qemu-s390x""".formatted(HOST.engine()));
        }
        // Podman makes files and folders that it does not find, and that it is to mount.
        assertThat(Path.of("/foreignarch")).doesNotExist();
        try (Emulation emulation = emulation(Registration.REPAIR)) {
            emulation.prepare(S390X).orThrow();
        }
        Containers.awaitNone(HOST);
        try (Emulation emulation = emulation(Registration.NEVER)) {
            emulation.prepare(S390X).orThrow();
        }
    }

    private static Emulation emulation(Registration registration) {
        return Emulation.on(HOST.engine(), new EmulationSettings(registration, Optional.empty()));
    }
}
