package dev.foreignarch.emulation;

import static dev.foreignarch.arch.Architecture.PPC64LE;
import static dev.foreignarch.arch.Architecture.S390X;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.foreignarch.engine.ContainerSpec;
import dev.foreignarch.engine.PrivateEngine;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A host that has not mounted the table: a fresh virtual machine, Amazon Linux, Azure Linux. */
@Tag("engine")
class UnmountedTableTests {

    @RegisterExtension
    static final PrivateEngine HOST = PrivateEngine.with("--no-binfmt-mount");

    @AfterEach
    void nothing_is_left() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> HOST.client()
                        .listContainersCmd()
                        .withShowAll(true)
                        .exec()
                        .isEmpty());
        assertThat(HOST.client().listImagesCmd().withShowAll(true).exec())
                .as("only the helper's image")
                .singleElement()
                .satisfies(image -> assertThat(image.getRepoTags()).containsExactly(HelperImage.name(HOST.engine())));
    }

    @Test
    void another_tools_success_is_lost_when_its_container_ends() {
        registerAndEnd();

        try (Emulation emulation = emulation(Registration.NEVER)) {
            assertThat(Answer.ofPreparing(emulation, S390X)).isEqualTo("""
                Programs for s390x can't run here: the engine's host has not mounted binfmt_misc, the kernel's table of emulators, so an emulator that a container registers is lost when that container ends.
                  seen: the kernel refused the probe: exec format error (ENOEXEC)
                  seen: /proc/sys/fs/binfmt_misc of the engine's host is an empty directory
                  seen: engine: %s
                  remedy: mount it on the engine's host, and register again: sudo mount -t binfmt_misc binfmt_misc /proc/sys/fs/binfmt_misc (or let ForeignArch keep it mounted while tests run: foreignarch.registration=auto)""".formatted(HOST.engine()));
        }
    }

    @Test
    void a_container_holds_the_table_as_long_as_somebody_needs_it() {
        try (Emulation other = emulation(Registration.AUTO)) {
            try (Emulation one = emulation(Registration.AUTO)) {
                assertThat(one.prepare(S390X).summary())
                        .startsWith("emulated by /foreignarch/qemu-s390x-static, version ");
                assertThat(other.prepare(S390X)).isInstanceOf(Verdict.Emulated.class);
            }
            sleepLongerThanTheGrace();

            assertThat(other.examine(List.of(S390X)).get(S390X)).isInstanceOf(Verdict.Emulated.class);
            assertThat(other.prepare(PPC64LE)).isInstanceOf(Verdict.Emulated.class);
        }
    }

    private static void sleepLongerThanTheGrace() {
        Duration time = Duration.ofSeconds(Long.parseLong(SharedContainer.GRACE) + 1);
        await().pollDelay(time).atMost(time.plusSeconds(5)).until(() -> true);
    }

    /** What tonistiigi/binfmt and the like do: mount, register, end. */
    private static void registerAndEnd() {
        assertThat(HOST.engine()
                        .run(
                                ContainerSpec.of(
                                                HelperImage.on(HOST.engine()),
                                                List.of(
                                                        HelperImage.HELPER,
                                                        "hold",
                                                        HelperImage.TABLE,
                                                        "0",
                                                        HelperImage.NOTES))
                                        .withPrivileges(),
                                Duration.ofSeconds(30))
                        .text())
                .isEqualTo("holding\n");
    }

    private static Emulation emulation(Registration registration) {
        return Emulation.on(HOST.engine(), new EmulationSettings(registration, Optional.empty()));
    }
}
