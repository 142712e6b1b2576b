package dev.foreignarch.program;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.arch.ElfFile;
import dev.foreignarch.arch.ElfIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * A file that is a program for an architecture.
 *
 * @param path where it is on the JVM's machine
 * @param content what it holds
 */
record ProgramFile(Path path, byte[] content) {

    private static final byte[] ELF = {0x7f, 'E', 'L', 'F'};
    private static final int RELOCATABLE = 1;
    private static final Set<Integer> MACH_O =
            Set.of(0xfeedface, 0xcefaedfe, 0xfeedfacf, 0xcffaedfe, 0xcafebabe, 0xbebafeca);

    /**
     * Read a program.
     *
     * @param path its file
     * @param architecture the architecture that it must be for
     * @param libraries what holds the libraries of a dynamic program, if anything does
     * @throws ProgramFileException if the file is anything else
     */
    static ProgramFile read(Path path, Architecture architecture, Libraries libraries) {
        requireReadable(path);
        byte[] content;
        try {
            content = Files.readAllBytes(path);
        } catch (IOException exception) {
            throw new UncheckedIOException("can't read " + path, exception);
        }
        refuse(path, content, architecture);
        ElfFile elf = ElfFile.read(content)
                .filter(file -> file.length() <= content.length)
                .orElseThrow(() -> new ProgramFileException(path + " is the beginning of an ELF program, but the rest"
                        + " is missing: it has only " + content.length + " bytes. Build or download it again."));
        if (elf.type() != ElfFile.EXECUTABLE && elf.type() != ElfFile.SHARED) {
            throw new ProgramFileException(path + " is "
                    + (elf.type() == RELOCATABLE ? "an object file" : "an ELF file of type " + elf.type())
                    + ", which no kernel runs. Name the program that the linker makes of it.");
        }
        elf.loader().ifPresent(loader -> libraries.require(path, loader));
        if (!Files.isExecutable(path)) {
            throw new ProgramFileException(
                    path + " may not be executed: its file permissions don't allow it. Allow it: chmod +x " + path);
        }
        return new ProgramFile(path, content);
    }

    String name() {
        return path.getFileName().toString();
    }

    private static void requireReadable(Path path) {
        if (!Files.exists(path)) {
            throw new ProgramFileException("There is no file " + path + " (looked for in "
                    + Path.of("").toAbsolutePath() + "). Build the program before the test, or correct the path.");
        }
        if (Files.isDirectory(path)) {
            throw new ProgramFileException(path + " is a directory. Name the program in it.");
        }
        if (!Files.isReadable(path)) {
            throw new ProgramFileException(
                    path + " may not be read by the user who runs the tests. Allow it: chmod +r " + path);
        }
    }

    private static void refuse(Path path, byte[] content, Architecture architecture) {
        if (content.length == 0) {
            throw new ProgramFileException(path + " is empty. Build or download it again.");
        }
        if (startsWith(content, ELF)) {
            Optional<ElfIdentity> identity = ElfIdentity.read(content);
            if (identity.isPresent() && !identity.get().equals(architecture.elf())) {
                throw new ProgramFileException(
                        path + " is a program for " + identity.get().describe()
                                + ", but the test runs on " + architecture + ". Build it for " + architecture
                                + ", or put a placeholder such as {docker} into the path, if there is one file for each"
                                + " architecture.");
            }
            return;
        }
        throw new ProgramFileException(path + " is " + foreignFormat(content, architecture));
    }

    private static String foreignFormat(byte[] content, Architecture architecture) {
        String elsewhere = ", not of Linux. Build it for Linux on " + architecture + ".";
        if (content.length >= 4 && MACH_O.contains(ByteBuffer.wrap(content).getInt())) {
            return "a program of macOS (Mach-O" + machOMachine(content) + ")" + elsewhere;
        }
        if (isPortableExecutable(content)) {
            return "a program of Windows (PE" + windowsMachine(content) + ")" + elsewhere;
        }
        if (content.length >= 2 && content[0] == '#' && content[1] == '!') {
            return "a script for " + firstLine(content).substring(2).strip()
                    + ", and has no architecture of its own. Name"
                    + " the program that runs scripts, and give it the script as a file and an argument.";
        }
        return isText(content)
                ? "a text. Name the program that a compiler makes, or the one that the text is meant for."
                : "no program: it does not begin as an ELF file does. Name a program for Linux on " + architecture
                        + ".";
    }

    private static boolean startsWith(byte[] content, byte[] start) {
        return content.length >= start.length && Arrays.equals(content, 0, start.length, start, 0, start.length);
    }

    private static boolean isPortableExecutable(byte[] content) {
        return content.length >= 2 && content[0] == 'M' && content[1] == 'Z';
    }

    private static String machOMachine(byte[] content) {
        ByteBuffer file = ByteBuffer.wrap(content);
        int magic = file.getInt();
        if (magic == 0xcafebabe || magic == 0xbebafeca || content.length < 8) {
            return magic == 0xcafebabe ? " for several processors, or a class of Java" : "";
        }
        boolean little = magic == 0xcefaedfe || magic == 0xcffaedfe;
        return machine(
                file.order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN)
                        .getInt(4),
                0x01000007,
                0x0100000c);
    }

    private static String windowsMachine(byte[] content) {
        ByteBuffer file = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        if (content.length < 64) {
            return "";
        }
        int header = file.getInt(60);
        return header < 0 || header + 6 > content.length
                ? ""
                : machine(Short.toUnsignedInt(file.getShort(header + 4)), 0x8664, 0xaa64);
    }

    private static String machine(int machine, int amd64, int arm64) {
        if (machine == amd64) {
            return " for " + Architecture.AMD64;
        }
        return machine == arm64 ? " for " + Architecture.ARM64V8 : "";
    }

    private static String firstLine(byte[] content) {
        return new String(content, ISO_8859_1).lines().findFirst().orElse("");
    }

    private static boolean isText(byte[] content) {
        for (byte one : content) {
            if (one >= 0 && one < ' ' && one != '\n' && one != '\r' && one != '\t' && one != '\f') {
                return false;
            }
        }
        return true;
    }
}
