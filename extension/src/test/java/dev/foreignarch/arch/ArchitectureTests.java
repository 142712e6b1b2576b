package dev.foreignarch.arch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitectureTests {

    private static final String KNOWN =
            "Known are amd64, i386, arm32v5, arm32v6, arm32v7, arm64v8, mips64le, ppc64le, riscv64, s390x, loong64,"
                    + " and their other names such as linux/arm/v7, armhf or aarch64.";

    @ParameterizedTest
    @CsvSource({
        "amd64,    linux/amd64,    x86_64,      amd64,    x86_64,      amd64,       LE, 64",
        "i386,     linux/386,      i386,        i386,     i686,        i386,        LE, 32",
        "arm32v5,  linux/arm/v5,   arm,         armel,    armv7l,      arm,         LE, 32",
        "arm32v6,  linux/arm/v6,   arm,         armhf,    armv7l,      arm,         LE, 32",
        "arm32v7,  linux/arm/v7,   arm,         armhf,    armv7l,      arm,         LE, 32",
        "arm64v8,  linux/arm64,    aarch64,     arm64,    aarch64,     aarch64,     LE, 64",
        "mips64le, linux/mips64le, mips64el,    mips64el, mips64,      mips64el,    LE, 64",
        "ppc64le,  linux/ppc64le,  ppc64le,     ppc64el,  ppc64le,     ppc64le,     LE, 64",
        "riscv64,  linux/riscv64,  riscv64,     riscv64,  riscv64,     riscv64,     LE, 64",
        "s390x,    linux/s390x,    s390x,       s390x,    s390x,       s390x,       BE, 64",
        "loong64,  linux/loong64,  loongarch64, loong64,  loongarch64, loongarch64, LE, 64"
    })
    void has_a_name_for_each_tool(
            String docker,
            String platform,
            String qemu,
            String debian,
            String machine,
            String java,
            String order,
            int bits) {
        Architecture architecture = Architecture.of(docker);

        assertThat(architecture.dockerName()).isEqualTo(docker);
        assertThat(architecture).hasToString(docker);
        assertThat(architecture.platform()).hasToString(platform);
        assertThat(architecture.qemuTarget()).isEqualTo(qemu);
        assertThat(architecture.debianName()).isEqualTo(debian);
        assertThat(architecture.machineName()).isEqualTo(machine);
        assertThat(architecture.javaName()).isEqualTo(java);
        assertThat(architecture.byteOrder())
                .isEqualTo(order.equals("LE") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        assertThat(architecture.bits()).isEqualTo(bits);
    }

    @ParameterizedTest
    @CsvSource({
        "linux/arm/v7,   ARM32V7",
        "arm/v7,         ARM32V7",
        "linux/arm,      ARM32V7",
        "arm,            ARM32V7",
        "armhf,          ARM32V7",
        "armv7l,         ARM32V7",
        "ARM32V7,        ARM32V7",
        "' arm32v7 ',    ARM32V7",
        "arm/v6,         ARM32V6",
        "armv6l,         ARM32V6",
        "linux/arm/v5,   ARM32V5",
        "armel,          ARM32V5",
        "arm64,          ARM64V8",
        "aarch64,        ARM64V8",
        "linux/arm64/v8, ARM64V8",
        "x86_64,         AMD64",
        "linux/amd64,    AMD64",
        "386,            I386",
        "i686,           I386",
        "ppc64el,        PPC64LE",
        "mips64el,       MIPS64LE",
        "loongarch64,    LOONG64",
        "aarch_64,       ARM64V8",
        "arm_64,         ARM64V8",
        "arm_32,         ARM32V7",
        "x86_32,         I386",
        "ia32,           I386",
        "x64,            AMD64",
        "ppcle_64,       PPC64LE",
        "mipsel_64,      MIPS64LE",
        "s390_64,        S390X",
        "riscv64gc,      RISCV64",
        "loongarch_64,   LOONG64",
        "' S390X	',      S390X"
    })
    void is_found_by_other_names(String name, Architecture architecture) {
        assertThat(Architecture.of(name)).isSameAs(architecture);
        assertThat(Architecture.find(name)).contains(architecture);
    }

    @ParameterizedTest
    @EnumSource
    void is_found_by_all_of_its_unambiguous_names(Architecture architecture) {
        assertThat(Architecture.of(architecture.dockerName())).isSameAs(architecture);
        assertThat(Architecture.of(architecture.platform().toString())).isSameAs(architecture);
        assertThat(Architecture.of(architecture.debianName()).elf()).isEqualTo(architecture.elf());
        assertThat(Architecture.of(architecture.qemuTarget()).elf()).isEqualTo(architecture.elf());
    }

    @ParameterizedTest
    @CsvSource({
        "arm32v8, arm32v7",
        "arm64v7, arm64v8",
        "s390, s390x",
        "ppc64, ppc64le",
        "risc64, riscv64",
        "aarhc64, aarch64",
        "m1, arm64v8",
        "M3, arm64v8",
        "Apple Silicon, arm64v8",
        "linux/arm/v8, arm64v8",
        "arm64/v9, arm64v8",
        "armv8, arm64v8",
        "linux/amd64/v2, amd64",
        "x86-64-v3, amd64",
        "arm32, arm32v7",
        "riscv, riscv64",
        "IBM Z, s390x"
    })
    void offers_a_name_that_was_meant(String unknown, String meant) {
        assertThat(Architecture.find(unknown)).isEmpty();
        assertThatThrownBy(() -> Architecture.of(unknown))
                .isInstanceOf(UnknownArchitectureException.class)
                .hasMessage("'" + unknown + "' is not an architecture that ForeignArch knows. Did you mean '" + meant
                        + "'? " + KNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fix", "sparc64", "alpha", "m68k", "arc", "avr", "xtensa", "wasm32", "hppa", "m10"})
    void offers_nothing_that_is_far(String unknown) {
        assertThatThrownBy(() -> Architecture.of(unknown))
                .isInstanceOf(UnknownArchitectureException.class)
                .hasMessage("'" + unknown + "' is not an architecture that ForeignArch knows. " + KNOWN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "arm64v8, s390x | \"arm64v8\", \"s390x\"",
                "arm64v8,nonsense | \"arm64v8\", \"nonsense\"",
                "linux/arm/v7 linux/s390x | \"linux/arm/v7\", \"linux/s390x\""
            })
    void tells_a_list_in_one_name(String list, String names) {
        assertThatThrownBy(() -> Architecture.of(list))
                .isInstanceOf(UnknownArchitectureException.class)
                .hasMessage("'" + list + "' is a list in one name. Write each name by itself: " + names + ".");
    }
}
