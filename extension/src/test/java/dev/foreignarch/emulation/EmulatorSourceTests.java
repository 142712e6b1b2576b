package dev.foreignarch.emulation;

import static dev.foreignarch.arch.Architecture.S390X;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.engine.LoadedImage;
import dev.foreignarch.engine.PrivateEngine;
import dev.foreignarch.engine.ScratchImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images in the layouts of those that people use. Their emulator is a small one that says that it is version 5.2.0. */
@Tag("engine")
class EmulatorSourceTests {

    private static final String IMAGE = "foreignarch.local/test-emulators:1";

    @RegisterExtension
    static final PrivateEngine HOST = PrivateEngine.with();

    @BeforeEach
    void nothing_is_registered() {
        HOST.sh("echo -1 > " + HandlerTable.PATH + "/status");
    }

    @ParameterizedTest
    @CsvSource({
        "tonistiigi/binfmt, /usr/bin/binfmt, /usr/bin/qemu-s390x",
        "aptman/qus, /qus/register, /qus/bin/qemu-s390x-static",
        "multiarch/qemu-user-static, /register, /usr/bin/qemu-s390x-static",
        "Debian 12's qemu-user-static, /bin/sh, /usr/bin/qemu-s390x-static",
        "Debian 13's qemu-user, /bin/sh, /usr/bin/qemu-s390x",
        "QEMU's own installation, /bin/sh, /usr/local/bin/qemu-s390x"
    })
    void takes_the_emulator_from_an_image_of_any_layout(String layout, String program, String emulator) {
        try (LoadedImage image = image(Map.of(program, "not run".getBytes(US_ASCII), emulator, StandIn.OLD.content()));
                Emulation emulation = Emulation.on(HOST.engine(), settings(image.name()))) {
            // The version in effect is what the running emulator says, and flags are those that it understands.
            assertThat(emulation.prepare(S390X).summary())
                    .as(layout)
                    .isEqualTo("emulated by /foreignarch/qemu-s390x-static, version 5.2.0");
            assertThat(emulation.handlers(List.of(S390X)))
                    .containsEntry(
                            S390X, new RegisteredHandler("qemu-s390x", "/foreignarch/qemu-s390x-static", "OCF", true));
        }
    }

    @Test
    void image_without_the_emulator() {
        try (LoadedImage image = image(Map.of("/usr/bin/qemu-arm", StandIn.OLD.content()))) {
            assertThat(message(image.name()))
                    .isEqualTo(notFound("the image " + IMAGE
                            + " has no emulator for s390x (looked for /usr/bin/qemu-s390x-static, /usr/bin/qemu-s390x,"
                            + " /qus/bin/qemu-s390x-static, /usr/local/bin/qemu-s390x)"));
        }
    }

    @Test
    void image_for_another_host() {
        Map<String, byte[]> files = Map.of("/usr/bin/qemu-s390x", StandIn.FOREIGN.content());
        try (LoadedImage image = image(Architecture.RISCV64, files)) {
            assertThat(message(image.name()))
                    .isEqualTo(notFound("/usr/bin/qemu-s390x of the image " + IMAGE
                            + " is not a program for the engine's host, which is amd64"));
        }
    }

    @Test
    void image_with_a_dynamically_linked_emulator() throws IOException {
        try (LoadedImage image = image(Map.of("/usr/bin/qemu-s390x", Files.readAllBytes(Path.of("/bin/true"))))) {
            assertThat(message(image.name()))
                    .isEqualTo(notFound("/usr/bin/qemu-s390x of the image " + IMAGE
                            + " is dynamically linked (it asks for /lib64/ld-linux-x86-64.so.2); inside a container only a"
                            + " static emulator works"));
        }
    }

    @Test
    void image_that_can_not_be_pulled() {
        assertThat(message("127.0.0.1:1/qemu:1"))
                .isEqualTo(notFound(
                        "the image 127.0.0.1:1/qemu:1 can't be pulled (Get \"http://127.0.0.1:1/v2/\": dial tcp"
                                + " 127.0.0.1:1: connect: connection refused)"));
    }

    private static String notFound(String evidence) {
        return """
                Programs for s390x can't run here: no emulator for them was found that could be registered.
                  seen: the kernel refused the probe: exec format error (ENOEXEC)
                  seen: %s
                  seen: engine: %s
                  remedy: name an image that has a static qemu-s390x for amd64 with -Dforeignarch.helper.image=…, or install one on this machine: sudo apt-get install qemu-user-static""".formatted(evidence, HOST.engine());
    }

    private static String message(String image) {
        try (Emulation emulation = Emulation.on(HOST.engine(), settings(image))) {
            return Answer.ofPreparing(emulation, S390X);
        }
    }

    private static EmulationSettings settings(String image) {
        return new EmulationSettings(Registration.AUTO, Optional.of(image));
    }

    private static LoadedImage image(Map<String, byte[]> files) {
        return image(Architecture.AMD64, files);
    }

    private static LoadedImage image(Architecture architecture, Map<String, byte[]> files) {
        return HOST.engine().load(new ScratchImage(IMAGE, architecture.platform(), new HashMap<>(files), Map.of()));
    }
}
