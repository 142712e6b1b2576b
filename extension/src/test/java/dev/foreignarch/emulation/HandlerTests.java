package dev.foreignarch.emulation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.engine.EngineException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HandlerTests {

    private static final String DEBIAN_12 = """
            enabled
            interpreter /usr/libexec/qemu-binfmt/s390x-binfmt-P
            flags: POF
            offset 0
            magic 7f454c4602020100000000000000000000020016
            mask fffffffffffffffcfffffffffffffffffffeffff
            """;

    @Test
    void reads_an_entry_of_the_kernel() {
        Handler handler = Handler.parse("qemu-s390x", DEBIAN_12);

        assertThat(handler.enabled()).isTrue();
        assertThat(handler.interpreter()).isEqualTo("/usr/libexec/qemu-binfmt/s390x-binfmt-P");
        assertThat(handler.flags()).isEqualTo("POF");
        assertThat(handler.fixed()).isTrue();
        assertThat(handler.matches(Architecture.S390X.elf())).isTrue();
        assertThat(handler.describe())
                .isEqualTo("qemu-s390x: enabled, interpreter /usr/libexec/qemu-binfmt/s390x-binfmt-P, flags POF");
    }

    @Test
    void reads_an_entry_without_flags_and_with_lines_that_it_does_not_know() {
        Handler handler = Handler.parse("x", "disabled\ninterpreter /x\nflags: \nbpf: yes\noffset 0\nmagic 7f45\n");

        assertThat(handler.enabled()).isFalse();
        assertThat(handler.flags()).isEmpty();
        assertThat(handler.fixed()).isFalse();
        assertThat(handler.describe()).isEqualTo("x: disabled, interpreter /x, flags none");
    }

    @Test
    void an_entry_by_file_extension_matches_no_program() {
        Handler handler = Handler.parse("jar", "enabled\ninterpreter /usr/bin/jexec\nflags: \nextension .jar\n");

        assertThat(Arrays.stream(Architecture.values()).map(Architecture::elf)).noneMatch(handler::matches);
    }

    @ParameterizedTest
    @CsvSource({
        "7f454c4602010100000000000000000002001500, ffffffffffffff00fffffffffffffffffeffff00, PPC64LE",
        "7f454c4602010100000000000000000002000201, fffffffffffffffc00fffffffffffffffeffffff, LOONG64",
        "7f454c4602010100000000000000000002000800, ffffffffffffff0000fffffffffffffffeffffff, MIPS64LE",
        "7f454c4601010100000000000000000002000300, fffffffffffefefcfffffffffffffffffeffffff, I386"
    })
    void knows_an_emulator_by_what_it_is_for_whatever_its_mask(String magic, String mask, Architecture architecture) {
        Handler handler = Handler.parse("any-name", "enabled\ninterpreter /x\nmagic " + magic + "\nmask " + mask);

        assertThat(Arrays.stream(Architecture.values()).filter(it -> handler.matches(it.elf())))
                .containsExactly(architecture);
    }

    @Test
    void is_registered_with_one_line() {
        assertThat(Handler.of(Architecture.ARM32V5, "/usr/bin/qemu-arm-static", "PCF")
                        .registration())
                .isEqualTo(":qemu-arm:M::"
                        + "\\x7f\\x45\\x4c\\x46\\x01\\x01\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x02\\x00\\x28\\x00:"
                        + "\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\x00\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xfe\\xff\\xff\\xff:"
                        + "/usr/bin/qemu-arm-static:PCF");
    }

    @Test
    void reads_the_table_as_the_helper_prints_it() {
        HandlerTable table = HandlerTable.parse(("mounted\n"
                        + "entry 10 " + DEBIAN_12.length() + "\nqemu-s390x\n" + DEBIAN_12 + "\n"
                        + "entry 6 9\nstatus\ndisabled\n\n")
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));

        assertThat(table.state()).isEqualTo(HandlerTable.State.MOUNTED);
        assertThat(table.enabled()).isFalse();
        assertThat(table.handlers()).extracting(Handler::name).containsExactly("qemu-s390x");
        assertThat(table.named("qemu-s390x")).isPresent();
        assertThat(table.matching(Architecture.S390X.elf())).hasSize(1);
        assertThat(table.matching(Architecture.PPC64LE.elf())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"unmounted, UNMOUNTED", "missing, MISSING"})
    void tells_why_there_is_no_table_to_see(String output, HandlerTable.State state) {
        assertThat(HandlerTable.parse((output + "\n").getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)))
                .isEqualTo(HandlerTable.unseen(state));
        assertThat(HandlerTable.parse(
                        ("namespace\n" + output + "\n").getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)))
                .isEqualTo(new HandlerTable(state, true, List.of(), true));
    }

    @Test
    void two_looks_at_the_same_entry_are_equal() {
        Handler handler = Handler.parse("qemu-s390x", DEBIAN_12);

        assertThat(Handler.parse("qemu-s390x", DEBIAN_12)).isEqualTo(handler).hasSameHashCodeAs(handler);
        assertThat(Handler.parse("qemu-s390x", DEBIAN_12.replace("16\nmask", "17\nmask")))
                .isNotEqualTo(handler);
        assertThat(Handler.parse("qemu-s390x", DEBIAN_12.replace("enabled", "disabled")))
                .isNotEqualTo(handler);
    }

    @Test
    void a_helper_that_says_nothing_has_not_said_that_there_is_no_table() {
        assertThat(HandlerTable.parse("missing\n".getBytes(UTF_8)).state()).isEqualTo(HandlerTable.State.MISSING);
        assertThatThrownBy(() -> HandlerTable.parse(new byte[0]))
                .isInstanceOf(EngineException.class)
                .hasMessage("the helper that reads the table printed ''");
    }
}
