package dev.foreignarch.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.foreignarch.engine.Engine;
import dev.foreignarch.engine.EngineException;
import dev.foreignarch.engine.PrivateEngine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("engine")
class DoctorTests {

    private static final String TABLE = "/proc/sys/fs/binfmt_misc";

    @RegisterExtension
    static final PrivateEngine HOST = PrivateEngine.with();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void nothing_is_registered() {
        HOST.sh("echo -1 > " + TABLE + "/status");
    }

    @Test
    void reports_fixes_and_undoes() {
        assertThat(doctor("s390x")).isEqualTo(Doctor.UNAVAILABLE);
        assertThat(printed()).isEqualTo("""
                engine       %s
                image store  classic
                rootless     no

                s390x        does not run

                s390x: no emulator for them is registered with the kernel of the engine's host.
                  seen: the kernel refused the probe: exec format error (ENOEXEC)
                  do:   let ForeignArch register one: foreignarch.registration=auto in the
                        tests, or --fix s390x for its doctor
                """.formatted(HOST.engine()));

        assertThat(doctor("--fix", "s390x")).isEqualTo(Doctor.WELL);
        assertThat(printed().lines().toList().get(4))
                .matches("s390x        emulated by qemu-s390x \\(POCF\\), QEMU [0-9.]+");

        HOST.sh("echo ':python3:E::py3::/usr/bin/python3:' > " + TABLE + "/register");
        assertThat(doctor("--undo")).isEqualTo(Doctor.WELL);
        assertThat(printed()).isEqualTo("Removed qemu-s390x.\n");
        assertThat(HOST.sh("ls " + TABLE)).isEqualTo("python3\nregister\nstatus\n");
        assertThat(doctor("--undo")).isEqualTo(Doctor.WELL);
        assertThat(printed())
                .isEqualTo("There is nothing to undo: no emulator is registered that ForeignArch has brought.\n");
    }

    @Test
    void reports_to_machines() throws IOException {
        HOST.sh(
                "printf '%s' ':qemu-arm:M::\\x7f\\x45\\x4c\\x46\\x01\\x01\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00"
                        + "\\x02\\x00\\x28\\x00::/usr/bin/qemu-arm-static:F' > " + TABLE + "/register");

        assertThat(doctor("--json", "amd64", "arm32v7", "s390x")).isEqualTo(Doctor.UNAVAILABLE);

        JsonNode report = new ObjectMapper().readTree(printed());
        assertThat(report.path("engine").asText()).isEqualTo("Docker");
        assertThat(report.path("rootless").isBoolean()).isTrue();
        JsonNode architectures = report.path("architectures");
        assertThat(architectures.findValuesAsText("runs")).containsExactly("native", "emulated", "no");
        assertThat(architectures.get(1).path("handler").asText()).isEqualTo("qemu-arm");
        assertThat(architectures.get(1).path("flags").asText()).isEqualTo("F");
        assertThat(architectures.get(1).path("interpreter").asText()).isEqualTo("/usr/bin/qemu-arm-static");
        assertThat(architectures.get(1).path("registeredByForeignArch").asBoolean(true))
                .isFalse();
        assertThat(architectures.get(1).path("version").asText()).matches("[0-9.]+");
        assertThat(architectures.get(2).path("cause").asText())
                .isEqualTo("no emulator for them is registered with the kernel of the engine's host.");
    }

    @Test
    void needs_an_engine() {
        assertThat(new Doctor(
                                () -> {
                                    throw new EngineException("No container engine answers.", null);
                                },
                                new PrintStream(out, true, UTF_8),
                                new PrintStream(err, true, UTF_8))
                        .run(List.of("doctor")))
                .isEqualTo(Doctor.NO_ENGINE);
        assertThat(err.toString(UTF_8)).isEqualTo("No container engine answers.\n");
    }

    @Test
    void does_not_wait_for_ever_for_an_engine_that_is_silent() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            URI address = URI.create("tcp://127.0.0.1:" + silent.getLocalPort());

            assertThat(new Doctor(
                                    () -> Engine.of(PrivateEngine.connect(address), address),
                                    Duration.ofSeconds(1),
                                    new PrintStream(out, true, UTF_8),
                                    new PrintStream(err, true, UTF_8))
                            .run(List.of("--json")))
                    .isEqualTo(Doctor.NO_ENGINE);
        }

        assertThat(new ObjectMapper().readTree(printed()).path("problem").asText())
                .isEqualTo(
                        "The container engine has not answered within 1 s. Something takes connections at its address,"
                                + " and then says nothing, or nobody is there to refuse them. See whether 'docker info' answers; if"
                                + " it does not, restart the engine, or correct DOCKER_HOST.");
        assertThat(err.toString(UTF_8)).isEmpty();
    }

    @Test
    void takes_the_emulator_from_the_image_that_is_named() {
        assertThat(doctor("--fix", "--image", "localhost:1/qemu:1", "s390x")).isEqualTo(Doctor.UNAVAILABLE);
        assertThat(printed().replaceAll("\\s+", " ")).contains("the image localhost:1/qemu:1 can't be pulled");
    }

    @Test
    void refuses_what_is_no_name_of_an_image() {
        assertThat(doctor("--fix", "--image", "../qemu", "s390x")).isEqualTo(Doctor.USAGE);
        assertThat(err.toString(UTF_8))
                .isEqualTo("foreignarch.helper.image is '../qemu', which is not the name of an image.\n"
                        + CommandLine.HELP);
    }

    @Test
    void explains_itself() {
        assertThat(doctor("--force")).isEqualTo(Doctor.USAGE);
        assertThat(err.toString(UTF_8)).isEqualTo("There is no option --force.\n" + CommandLine.HELP);
    }

    private int doctor(String... arguments) {
        out.reset();
        return new Doctor(HOST::engine, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8))
                .run(List.of(arguments));
    }

    private String printed() {
        return out.toString(UTF_8);
    }
}
