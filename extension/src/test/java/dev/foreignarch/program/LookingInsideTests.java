package dev.foreignarch.program;

import static dev.foreignarch.arch.Architecture.ARM32V7;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foreignarch.emulation.Emulation;
import dev.foreignarch.emulation.EmulationSettings;
import dev.foreignarch.image.PinnedImage;
import dev.foreignarch.image.PlatformImages;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.utility.DockerImageName;

/** What a user gets to see of a program besides its output: a debugger's view, and the cause of a failure. */
@Tag("engine")
class LookingInsideTests {

    @TempDir
    static Path directory;

    private static Emulation emulation;

    @BeforeAll
    static void prepare() {
        emulation = Emulation.onDefaultEngine(EmulationSettings.DEFAULT);
    }

    @AfterAll
    static void close() {
        emulation.close();
    }

    @Test
    void a_program_waits_for_a_debugger() throws Exception {
        Path file = Busybox.install(emulation.engine(), ARM32V7, directory);
        int port = freePort();
        try (Programs programs = Programs.on(
                        emulation,
                        new ProgramSettings(false, OptionalInt.of(port), ProgramSettings.DEFAULT.mostOutput()));
                Program program = programs.open(ProgramSpec.of(file.toString()), ARM32V7);
                RunningProgram echo = program.call().start("echo", "hi");
                Socket debugger = connect(port)) {
            assertThat(answer(debugger, "qSupported")).startsWith("PacketSize=");
            assertThat(answer(debugger, "?")).startsWith("T05");
            assertThatThrownBy(() -> new Socket(otherAddress(), port)).isInstanceOf(ConnectException.class);
            assertThatThrownBy(() -> program.run("echo", "hi"))
                    .isInstanceOf(ProgramException.class)
                    .hasMessage(
                            program + " can't wait for a debugger at port " + port + " (foreignarch.gdb.port), since "
                                    + program
                                    + " has the port until it ends. Run one test at a time, and in it one program after"
                                    + " the other.");
            assertThatThrownBy(
                            () -> programs.open(ProgramSpec.of(file.toString()).withImage("busybox:1.36"), ARM32V7))
                    .isInstanceOf(ProgramException.class)
                    .hasMessage("The programs for arm32v7 in the image busybox:1.36 can't wait for a debugger at port "
                            + port + " (foreignarch.gdb.port): it is taken by the programs for arm32v7 until the end of"
                            + " the run. Debug one test on one architecture, for example with -Dtest=… and"
                            + " -Dforeignarch.only=arm32v7.");

            assertThat(answer(debugger, "c")).isEqualTo("W00");
            assertThat(echo.await().stdout()).isEqualTo("hi\n");
        }
    }

    /** An address of this machine that others reach, too. */
    private static InetAddress otherAddress() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_debugger_without_a_container_is_refused() {
        ProgramSettings settings =
                new ProgramSettings(false, OptionalInt.of(1234), ProgramSettings.DEFAULT.mostOutput());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Programs.onThisMachine(settings))
                .withMessage(
                        "foreignarch.gdb.port is '1234', but foreignarch.engine is none: QEMU would open that port on"
                                + " every network interface of this machine, and whoever reaches it can run any code. Remove"
                                + " foreignarch.engine, so that the program runs in a container, whose port only this machine"
                                + " reaches.");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** The engine's proxy takes a connection before QEMU does, and then drops it. */
    private static Socket connect(int port) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(
                        () -> {
                            Socket socket = new Socket("127.0.0.1", port);
                            socket.setSoTimeout(60_000);
                            answer(socket, "qfThreadInfo");
                            return socket;
                        },
                        Socket::isConnected);
    }

    /** Send a packet of gdb's remote serial protocol, and return the next one that comes. */
    private static String answer(Socket debugger, String question) throws IOException {
        int sum = question.chars().sum() & 0xff;
        debugger.getOutputStream().write("+$%s#%02x".formatted(question, sum).getBytes(US_ASCII));
        InputStream answers = debugger.getInputStream();
        StringBuilder text = new StringBuilder();
        for (int next = answers.read(); next != '#'; next = answers.read()) {
            if (next < 0) {
                throw new IOException("no answer to " + question + ": " + text);
            }
            text.append((char) next);
        }
        answers.readNBytes(2);
        debugger.getOutputStream().write('+');
        return text.substring(text.indexOf("$") + 1);
    }

    @Test
    void a_loader_that_the_image_lacks_is_told() throws Exception {
        Path file = directory.resolve("dynamic");
        PinnedImage debian = new PlatformImages(emulation.engine())
                .resolve(DockerImageName.parse("debian:bookworm-slim"), ARM32V7.platform());
        Files.write(
                file,
                emulation
                        .engine()
                        .readFirst(debian.id(), List.of("/usr/bin/true"))
                        .orElseThrow()
                        .getValue());
        assertThat(file.toFile().setExecutable(true)).isTrue();
        try (Programs programs = Programs.on(emulation, ProgramSettings.DEFAULT);
                Program program = programs.open(ProgramSpec.of(file.toString()).withImage("busybox:1.36"), ARM32V7)) {
            ProgramResult result = program.run();

            assertThat(result.exitCode()).isNotZero();
            assertThat(result.notes())
                    .containsExactly(file + " wants the loader /lib/ld-linux-armhf.so.3, which its image does not have."
                            + " Name an image with the C library that the program was linked with.");
        }
    }
}
