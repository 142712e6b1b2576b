package dev.foreignarch.bench;

import dev.foreignarch.doctor.Doctor;
import dev.foreignarch.jupiter.ForeignArch;
import dev.foreignarch.jupiter.ForeignContainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;

/** An engine of its own on a machine without handlers, which loses them before each run. */
final class EmptyTable implements AutoCloseable {

    private static final String NAME = "bench";
    private static final String BUSYBOX = "127.0.0.1:5000/library/busybox:1.36";
    private static final String INSTALLER = "foreignarch-bench/installer";
    private static final String EMULATOR = "qemu-s390x-static";

    private static final String REGISTER = """
            #!/bin/sh
            set -e
            mount -t binfmt_misc binfmt_misc /proc/sys/fs/binfmt_misc
            printf '%s' ':qemu-s390x:M::\\x7fELF\\x02\\x02\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x02\\x00\\x16:\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xfc\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xfe\\xff\\xff:/usr/bin/qemu-s390x-static:F' > /proc/sys/fs/binfmt_misc/register
            """;

    private final Path script;
    private final String address;

    EmptyTable(Path root) throws Exception {
        this.script = root.resolve("host/private-engine.sh");
        this.address = engine("start", NAME).strip();
        Path context = Files.createTempDirectory("bench");
        Files.copy(Path.of("/usr/bin", EMULATOR), context.resolve(EMULATOR), StandardCopyOption.COPY_ATTRIBUTES);
        Files.writeString(context.resolve("register"), REGISTER);
        Files.writeString(
                context.resolve("Dockerfile"),
                "FROM " + BUSYBOX + "\nCOPY " + EMULATOR
                        + " /usr/bin/\nCOPY register /\nCMD [\"sh\", \"/register\"]\n");
        docker("build", "-q", "-t", INSTALLER, context.toString());
        docker("pull", "-q", "--platform", "linux/s390x", BUSYBOX);
        docker("tag", BUSYBOX, "busybox-s390x");
        try (var files = Files.list(context)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(context);
    }

    /** Do what a CI script does. */
    Duration withScript() throws Exception {
        clear();
        return Programs.time(
                Map.of("DOCKER_HOST", address),
                List.of(
                        "sh",
                        "-ec",
                        "docker run --rm --privileged " + INSTALLER
                                + "; test $(docker run --rm --platform linux/s390x busybox-s390x uname -m) = s390x"));
    }

    /** Let ForeignArch do it, in a JVM of its own. */
    Duration withExtension() throws Exception {
        clear();
        return Programs.tests(environment(), Machine.class.getName());
    }

    /** Let ForeignArch find handlers of these architectures, among them s390x. */
    Duration withHandlers(String... architectures) throws Exception {
        clear();
        Programs.jvm(
                environment(),
                Doctor.class,
                concat(List.of("doctor", "--fix"), architectures).toArray(String[]::new));
        return Programs.tests(environment(), Machine.class.getName());
    }

    private Map<String, String> environment() {
        // The engine has no network of its own, whose gateway Testcontainers would take for the host's address.
        return Map.of("DOCKER_HOST", address, "TESTCONTAINERS_HOST_OVERRIDE", "localhost");
    }

    private void clear() throws Exception {
        engine("enter", NAME, "sh", "-c", "echo -1 > /proc/sys/fs/binfmt_misc/status");
    }

    private String engine(String... arguments) throws Exception {
        return Programs.output(Map.of(), concat(List.of("bash", script.toString()), arguments));
    }

    private void docker(String... arguments) throws Exception {
        Programs.output(Map.of("DOCKER_HOST", address, "DOCKER_BUILDKIT", "0"), concat(List.of("docker"), arguments));
    }

    private static List<String> concat(List<String> first, String... more) {
        return Stream.concat(first.stream(), Stream.of(more)).toList();
    }

    @Override
    public void close() throws IOException {
        try {
            engine("stop", NAME);
        } catch (Exception failure) {
            throw new IOException("The engine was not stopped", failure);
        }
    }

    @ForeignArch("s390x")
    static class Machine {

        @ForeignContainer
        GenericContainer<?> busybox =
                new GenericContainer<>(BUSYBOX).withCommand("sleep", "600").withNetworkMode("none");

        @Test
        void isForeign() throws Exception {
            Assertions.assertEquals(
                    "s390x", busybox.execInContainer("uname", "-m").getStdout().strip());
        }
    }
}
