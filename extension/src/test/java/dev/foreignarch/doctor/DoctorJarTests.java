package dev.foreignarch.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foreignarch.engine.PrivateEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The jar that people run by hand, as they run it. */
@Tag("engine")
class DoctorJarTests {

    private static final String NOTHING_REGISTERED = """
            engine       %s
            address      %s
            image store  classic
            rootless     no

            s390x        does not run

            s390x: no emulator for them is registered with the kernel of the engine's host.
              seen: the kernel refused the probe: exec format error (ENOEXEC)
              do:   let ForeignArch register one: foreignarch.registration=auto in the
                    tests, or --fix s390x for its doctor
            """;

    @RegisterExtension
    static final PrivateEngine HOST = PrivateEngine.with();

    @Test
    void examines_fixes_and_undoes() throws Exception {
        String report = NOTHING_REGISTERED.formatted(HOST.engine(), HOST.address());

        assertThat(doctor("doctor", "s390x")).isEqualTo(new Ended(Doctor.UNAVAILABLE, report, ""));

        Ended fixed = doctor("doctor", "--fix", "--json", "s390x");
        assertThat(fixed.exitCode()).isEqualTo(Doctor.WELL);
        assertThat(fixed.out())
                .startsWith("{\"engine\":\"Docker\",")
                .contains("\"handler\":\"qemu-s390x\",\"flags\":\"POCF\",\"registeredByForeignArch\":true")
                .endsWith("}\n")
                .hasLineCount(1);
        assertThat(fixed.err()).isEmpty();

        assertThat(doctor("doctor", "--undo")).isEqualTo(new Ended(Doctor.WELL, "Removed qemu-s390x.\n", ""));
    }

    @Test
    void refuses_what_makes_no_sense() throws Exception {
        assertThat(doctor("doctor", "--undo", "--json"))
                .isEqualTo(new Ended(Doctor.USAGE, "", "--undo stands alone.\n" + CommandLine.HELP));
    }

    @Test
    void tells_what_is_wrong_with_the_certificates() throws Exception {
        Ended ended = doctor(
                Map.of(
                        "DOCKER_HOST", "tcp://127.0.0.1:1",
                        "DOCKER_TLS_VERIFY", "1",
                        "DOCKER_CERT_PATH", "/nowhere"),
                "doctor",
                "s390x");

        assertThat(ended)
                .isEqualTo(new Ended(
                        Doctor.NO_ENGINE,
                        "",
                        "Testcontainers can't use the container engine: Enabled TLS verification (DOCKER_TLS_VERIFY=1) but"
                                + " certificate path (DOCKER_CERT_PATH) '/nowhere' doesn't exist.\n"));
    }

    @Test
    void tells_machines_that_there_is_no_engine() throws Exception {
        Ended ended = doctor(Map.of("DOCKER_HOST", "tcp://127.0.0.1:1"), "doctor", "--json", "s390x");

        assertThat(ended.exitCode()).isEqualTo(Doctor.NO_ENGINE);
        assertThat(ended.out())
                .isEqualTo("{\"engine\":null,\"problem\":\"No container engine answers at tcp://127.0.0.1:1, which"
                        + " DOCKER_HOST names. Testcontainers found one at unix:///var/run/docker.sock, which is not used:"
                        + " it may be another machine's. Start the engine that is named ('docker -H tcp://127.0.0.1:1 info'"
                        + " asks it), or name none to have one found.\"}\n");
        assertThat(ended.err()).isEmpty();
    }

    private static Ended doctor(String... arguments) throws IOException, InterruptedException {
        return doctor(Map.of("DOCKER_HOST", HOST.address().toString()), arguments);
    }

    private static Ended doctor(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                System.getProperty("test.foreignarch.doctor")));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        // The image of Testcontainers' own helper can't be had here, and the doctor needs none.
        builder.environment().remove("TESTCONTAINERS_RYUK_DISABLED");
        // Inside a container Testcontainers looks for the address of a bridge, which a private engine has not.
        builder.environment().put("TESTCONTAINERS_HOST_OVERRIDE", "localhost");
        Path errors = Files.createTempFile("doctor", ".txt");
        Process process = builder.redirectError(errors.toFile()).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        int exitCode = process.waitFor();
        String err = Files.readString(errors);
        Files.delete(errors);
        return new Ended(exitCode, out, err);
    }

    private record Ended(int exitCode, String out, String err) {}
}
