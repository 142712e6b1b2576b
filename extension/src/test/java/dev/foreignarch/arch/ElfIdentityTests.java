package dev.foreignarch.arch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ElfIdentityTests {

    /** The rows are those of QEMU's own script qemu-binfmt-conf.sh, where it masks nothing but the usual. */
    @ParameterizedTest
    @CsvSource({
        "ARM32V7, 7f454c4601010100000000000000000002002800, ffffffffffffff00fffffffffffffffffeffffff",
        "ARM64V8, 7f454c460201010000000000000000000200b700, ffffffffffffff00fffffffffffffffffeffffff",
        "S390X,   7f454c4602020100000000000000000000020016, ffffffffffffff00fffffffffffffffffffeffff",
        "RISCV64, 7f454c460201010000000000000000000200f300, ffffffffffffff00fffffffffffffffffeffffff"
    })
    void is_what_qemu_registers(Architecture architecture, String magic, String mask) {
        assertThat(HexFormat.of().formatHex(architecture.elf().magic())).isEqualTo(magic);
        assertThat(HexFormat.of().formatHex(architecture.elf().mask())).isEqualTo(mask);
    }

    @ParameterizedTest
    @EnumSource
    void is_read_from_its_own_header(Architecture architecture) {
        assertThat(ElfIdentity.read(architecture.elf().magic())).contains(architecture.elf());
    }

    @Test
    void is_read_from_the_program_that_runs_this_test() throws IOException {
        byte[] header;
        try (InputStream file = Files.newInputStream(Path.of("/proc/self/exe"))) {
            header = file.readNBytes(ElfIdentity.LENGTH);
        }

        assertThat(ElfIdentity.read(header))
                .contains(Architecture.of(System.getProperty("os.arch")).elf());
    }

    @ParameterizedTest
    @CsvSource({"''", "7f454c46", "23212f62696e2f73680a6563686f2068690a2020", "7f454c4600000000000000000000000002002800"
    })
    void is_not_read_from_what_is_no_elf_file(String bytes) {
        assertThat(ElfIdentity.read(HexFormat.of().parseHex(bytes))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "AMD64,    AMD64,    true",
        "I386,     AMD64,    true",
        "AMD64,    I386,     false",
        "ARM32V5,  ARM32V7,  true",
        "ARM32V7,  ARM32V5,  true",
        "ARM32V7,  ARM64V8,  true",
        "ARM64V8,  ARM32V7,  false",
        "AMD64,    S390X,    false",
        "AMD64,    ARM64V8,  false",
        "PPC64LE,  S390X,    false",
        "MIPS64LE, MIPS64LE, true",
        "RISCV64,  LOONG64,  false"
    })
    void mayRunWhereItsOwnAndWiderMachinesAre(Architecture program, Architecture machine, boolean runs) {
        assertThat(program.elf().mayRunOn(machine)).isEqualTo(runs);
    }

    @ParameterizedTest
    @CsvSource({
        "32, BIG,    22,  S390X,    true", // 31 bits, as older kernels of s390x run them
        "32, LITTLE, 8,   MIPS64LE, true",
        "64, BIG,    8,   MIPS64LE, false",
        "64, BIG,    21,  PPC64LE,  false",
        "32, LITTLE, 62,  AMD64,    true" // x32
    })
    void mayRunWithoutHavingANameHere(int bits, String order, int machine, Architecture on, boolean runs) {
        assertThat(identity(bits, order, machine).mayRunOn(on)).isEqualTo(runs);
    }

    @Test
    void isDescribedForPeople() {
        assertThat(Architecture.S390X.elf().describe()).isEqualTo("s390x");
        assertThat(Architecture.ARM32V7.elf().describe()).isEqualTo("arm32v5 or arm32v6 or arm32v7");
        assertThat(identity(32, "BIG", 2).describe())
                .isEqualTo("an architecture without a name here (ELF machine 2, 32 bits, big-endian)");
    }

    private static ElfIdentity identity(int bits, String order, int machine) {
        return new ElfIdentity(bits, order.equals("BIG") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN, machine);
    }
}
