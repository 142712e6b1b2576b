package dev.foreignarch.arch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
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
}
