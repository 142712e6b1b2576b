package dev.foreignarch.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foreignarch.arch.Architecture;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramFileTests {

    private static final int HEADER = 64;
    private static final int SEGMENT = 56;
    private static final byte[] LOADER = "/lib/ld-linux-aarch64.so.1\0".getBytes(UTF_8);

    @TempDir
    Path directory;

    /** An ELF file of two segments: one that is loaded, and one that names the loader, or is of no importance. */
    private static byte[] elf(int machine, int type, boolean dynamic) {
        int loader = HEADER + 2 * SEGMENT;
        ByteBuffer elf = ByteBuffer.allocate(loader + LOADER.length).order(ByteOrder.LITTLE_ENDIAN);
        elf.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}).putShort(16, (short) type);
        elf.putShort(18, (short) machine).putLong(32, HEADER).putShort(54, (short) SEGMENT);
        elf.putShort(56, (short) 2);
        elf.putInt(HEADER, 1).putLong(HEADER + 32, elf.capacity());
        elf.putInt(HEADER + SEGMENT, dynamic ? 3 : 4).putLong(HEADER + SEGMENT + 8, loader);
        elf.putLong(HEADER + SEGMENT + 32, LOADER.length);
        return elf.position(loader).put(LOADER).array();
    }

    private Path file(byte[] content) throws IOException {
        Path file = Files.write(directory.resolve("tool"), content);
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    private void refuses(Path file, String message) {
        assertThatThrownBy(() -> ProgramFile.read(file, Architecture.ARM64V8, Libraries.NONE))
                .isInstanceOf(ProgramFileException.class)
                .hasMessage(message);
    }

    @Test
    void accepts_static_program() throws Exception {
        byte[] content = elf(183, 2, false);

        ProgramFile program = ProgramFile.read(file(content), Architecture.ARM64V8, Libraries.NONE);

        assertThat(program.content()).isEqualTo(content);
        assertThat(program.name()).isEqualTo("tool");
    }

    @Test
    void accepts_dynamic_program_with_image() throws Exception {
        assertThat(ProgramFile.read(file(elf(183, 3, true)), Architecture.ARM64V8, Libraries.OF_IMAGE)
                        .name())
                .isEqualTo("tool");
    }

    @Test
    void missing() {
        Path file = directory.resolve("absent");
        refuses(
                file,
                "There is no file " + file + " (looked for in " + Path.of("").toAbsolutePath()
                        + "). Build the program before the test, or correct the path.");
    }

    @Test
    void directory() {
        refuses(directory, directory + " is a directory. Name the program in it.");
    }

    @Test
    void empty() throws Exception {
        Path file = file(new byte[0]);
        refuses(file, file + " is empty. Build or download it again.");
    }

    @Test
    void truncated_in_its_content() throws Exception {
        byte[] whole = elf(183, 2, false);
        Path file = file(Arrays.copyOf(whole, whole.length - 1));
        refuses(
                file,
                file + " is the beginning of an ELF program, but the rest is missing: it has only 202 bytes. Build or"
                        + " download it again.");
    }

    @Test
    void truncated_in_its_header() throws Exception {
        Path file = file(Arrays.copyOf(elf(183, 2, false), 5));
        refuses(
                file,
                file + " is the beginning of an ELF program, but the rest is missing: it has only 5 bytes. Build or"
                        + " download it again.");
    }

    @Test
    void text() throws Exception {
        Path file = file("int main(void) { return 0; }\n".getBytes(UTF_8));
        refuses(
                file,
                file + " is a text. Name the program that a compiler makes, or the one that the text is meant for.");
    }

    @Test
    void script() throws Exception {
        Path file = file("#!/usr/bin/env python3\nprint()\n".getBytes(UTF_8));
        refuses(
                file,
                file
                        + " is a script for /usr/bin/env python3, and has no architecture of its own. Name the program that"
                        + " runs scripts, and give it the script as a file and an argument.");
    }

    @Test
    void other_architecture() throws Exception {
        Path file = file(elf(62, 2, false));
        refuses(
                file,
                file
                        + " is a program for amd64, but the test runs on arm64v8. Build it for arm64v8, or put a placeholder"
                        + " such as {docker} into the path, if there is one file for each architecture.");
    }

    @Test
    void architecture_without_name() throws Exception {
        Path file = file(elf(43, 2, false));
        refuses(
                file,
                file + " is a program for an architecture without a name here (ELF machine 43, 64 bits, little-endian),"
                        + " but the test runs on arm64v8. Build it for arm64v8, or put a placeholder such as {docker} into"
                        + " the path, if there is one file for each architecture.");
    }

    @Test
    void program_of_macos() throws Exception {
        Path file = file(new byte[] {(byte) 0xcf, (byte) 0xfa, (byte) 0xed, (byte) 0xfe, 0x0c, 0, 0, 1});
        refuses(
                file,
                file + " is a program of macOS (Mach-O for arm64v8), not of Linux. Build it for Linux on arm64v8.");
    }

    @Test
    void program_of_windows() throws Exception {
        ByteBuffer program = ByteBuffer.allocate(128).order(ByteOrder.LITTLE_ENDIAN);
        program.put(new byte[] {'M', 'Z'}).putInt(60, 64).putInt(64, 0x4550).putShort(68, (short) 0x8664);
        Path file = file(program.array());
        refuses(file, file + " is a program of Windows (PE for amd64), not of Linux. Build it for Linux on arm64v8.");
    }

    @Test
    void other_binary() throws Exception {
        Path file = file(new byte[] {1, 2, 3, 4, 5});
        refuses(
                file,
                file + " is no program: it does not begin as an ELF file does. Name a program for Linux on arm64v8.");
    }

    @Test
    void object_file() throws Exception {
        Path file = file(elf(183, 1, false));
        refuses(file, file + " is an object file, which no kernel runs. Name the program that the linker makes of it.");
    }

    @Test
    void not_executable() throws Exception {
        Path file = Files.write(directory.resolve("plain"), elf(183, 2, false));
        refuses(file, file + " may not be executed: its file permissions don't allow it. Allow it: chmod +x " + file);
    }

    @Test
    void dynamic_without_image() throws Exception {
        Path file = file(elf(183, 3, true));
        refuses(
                file,
                file
                        + " is dynamically linked: it wants the loader /lib/ld-linux-aarch64.so.1 and libraries, but no image"
                        + " is named that has them. Name one, such as image = \"debian:bookworm-slim\", or link the program"
                        + " statically.");
    }

    @Test
    void dynamic_without_engine() throws Exception {
        Path file = file(elf(183, 3, true));
        assertThatThrownBy(() -> ProgramFile.read(file, Architecture.ARM64V8, Libraries.OUT_OF_REACH))
                .isInstanceOf(ProgramFileException.class)
                .hasMessage(
                        file + " is dynamically linked: it wants the loader /lib/ld-linux-aarch64.so.1 and libraries,"
                                + " but foreignarch.engine is none, and without an engine there is no image that has them. Link the"
                                + " program statically, or use a container engine.");
    }

    @Test
    void fills_placeholders_in() {
        assertThat(ProgramPath.of("build/{docker}/{debian}/{platform}/{qemu}/greet", Architecture.ARM32V7))
                .isEqualTo(Path.of("build/arm32v7/armhf/linux/arm/v7/arm/greet"));
    }

    @Test
    void refuses_unknown_placeholder() {
        assertThatThrownBy(() -> ProgramPath.of("build/{arch}/greet", Architecture.ARM32V7))
                .isInstanceOf(ProgramFileException.class)
                .hasMessage(
                        "The path build/{arch}/greet has the placeholder {arch}, which stands for nothing. Write one of"
                                + " {debian}, {docker}, {platform}, {qemu}.");
    }
}
