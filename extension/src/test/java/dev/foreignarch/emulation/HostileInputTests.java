package dev.foreignarch.emulation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.arch.UnknownArchitectureException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Strings that nobody means well with, on their way to the kernel's register line. */
class HostileInputTests {

    private static final int STRINGS = 100_000;

    private static final List<String> PIECES = List.of(
            ":",
            "\n",
            "\0",
            "\\x00",
            "\\",
            "/",
            "..",
            ".",
            "../register",
            "status",
            "-1",
            "$(id)",
            "`id`",
            ";",
            "&",
            "|",
            "'",
            "\"",
            " ",
            "\t",
            "%s",
            "arm",
            "s390x",
            "qemu-",
            "linux/",
            "/usr/bin/",
            "F",
            "POCF",
            "\u202e",
            "\ud800",
            "é",
            "İ",
            "A".repeat(300));

    @Test
    void a_name_is_that_of_an_architecture_or_refused() {
        Random random = new Random(1);
        int known = 0;
        for (int count = 0; count < STRINGS; count++) {
            String name = hostile(random);
            try {
                Architecture architecture = Architecture.of(name);
                known++;
                assertThat(Handler.of(architecture, "/x", "F").registration())
                        .matches("(?s):qemu-[a-z0-9_]+:M::(\\\\x[0-9a-f]{2}){20}:(\\\\x[0-9a-f]{2}){20}:/x:F");
            } catch (UnknownArchitectureException refused) {
                assertThat(refused.getMessage()).isNotBlank();
            }
        }
        assertThat(known).isPositive().isLessThan(STRINGS / 2);
    }

    @Test
    void a_line_has_the_fields_that_it_was_made_of_or_is_refused() {
        Random random = new Random(2);
        Handler good = Handler.of(Architecture.S390X, "/x", "F");
        int made = 0;
        for (int count = 0; count < STRINGS; count++) {
            String name = count % 2 == 0 ? hostile(random) : "qemu-s390x";
            String interpreter = count % 3 == 0 ? hostile(random) : "/usr/bin/qemu";
            String flags = count % 5 == 0 ? hostile(random) : "F";
            try {
                String line = new Handler(name, true, interpreter, flags, 0, good.magic(), good.mask()).registration();
                made++;
                assertThat(line.split(":", -1))
                        .hasSize(8)
                        .startsWith("", name, "M", "")
                        .endsWith(interpreter, flags);
                assertThat(name).doesNotContain("/", ".");
                assertThat(line).matches("[!-~]{1,1920}");
                assertThat(interpreter).hasSizeLessThanOrEqualTo(127);
            } catch (IllegalArgumentException refused) {
                assertThat(refused).hasMessage("a handler can't be registered under this name, path or flags");
            }
        }
        assertThat(made).isPositive().isLessThan(STRINGS);
    }

    @Test
    void a_table_with_strange_entries_can_be_read() {
        Random random = new Random(3);
        for (int count = 0; count < STRINGS; count++) {
            String name = hostile(random).replaceAll("[^\\x00-\\xff]", "?");
            String content = "magic " + hostile(random).replaceAll("[^\\x00-\\xff]", "?");
            HandlerTable table = HandlerTable.parse(
                    ("mounted\nentry " + name.length() + " " + content.length() + "\n" + name + "\n" + content + "\n")
                            .getBytes(ISO_8859_1));

            assertThat(table.effective(Architecture.S390X.elf())).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../containers/json",
                "a b",
                "a\nb",
                "$(id)",
                "image:tag?force=1",
                "image/",
                "-v",
                "a@sha256:12",
                "a///b"
            })
    void a_helper_image_that_is_no_image_is_refused(String name) {
        assertThatThrownBy(() -> EmulationSettings.read(
                        parameter -> Optional.of(name).filter(any -> parameter.equals(EmulationSettings.HELPER_IMAGE))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("foreignarch.helper.image is '" + name + "', which is not the name of an image.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tonistiigi/binfmt:qemu-v10.2.3", "localhost:5000/a/b__c:1", "aptman/qus", "a--b.c:x_1"})
    void a_helper_image_is_taken_by_its_name(String name) {
        assertThat(EmulationSettings.read(parameter ->
                                Optional.of(name).filter(any -> parameter.equals(EmulationSettings.HELPER_IMAGE)))
                        .helperImage())
                .contains(name);
    }

    private static String hostile(Random random) {
        StringBuilder text = new StringBuilder();
        int pieces = random.nextInt(5);
        for (int piece = 0; piece < pieces; piece++) {
            if (random.nextInt(4) == 0) {
                text.append((char) random.nextInt(0x10000));
            } else {
                text.append(PIECES.get(random.nextInt(PIECES.size())));
            }
        }
        return text.toString();
    }

    @Test
    void a_blank_setting_is_as_good_as_none() {
        assertThat(EmulationSettings.read(parameter -> Optional.of(" "))).isEqualTo(EmulationSettings.DEFAULT);
    }
}
