package dev.foreignarch.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foreignarch.arch.Architecture;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTests {

    @Test
    void examines_everything_by_default() {
        assertThat(CommandLine.parse(List.of("doctor")))
                .isEqualTo(CommandLine.parse(List.of()))
                .isEqualTo(new CommandLine(CommandLine.Task.EXAMINE, List.of(), false, Optional.empty()));
    }

    @Test
    void takes_any_name_of_an_architecture() {
        assertThat(CommandLine.parse(List.of("doctor", "--fix", "--json", "armhf", "linux/s390x")))
                .isEqualTo(new CommandLine(
                        CommandLine.Task.FIX,
                        List.of(Architecture.ARM32V7, Architecture.S390X),
                        true,
                        Optional.empty()));
    }

    @Test
    void takes_an_image_for_its_emulators() {
        assertThat(CommandLine.parse(List.of("--fix", "--image", "tonistiigi/binfmt:qemu-v10.2.3", "s390x")))
                .isEqualTo(new CommandLine(
                        CommandLine.Task.FIX,
                        List.of(Architecture.S390X),
                        false,
                        Optional.of("tonistiigi/binfmt:qemu-v10.2.3")));
    }

    @ParameterizedTest
    @CsvSource({
        "--fix, --fix needs the names of the architectures that are to run.",
        "--undo --json, --undo stands alone.",
        "--undo arm, --undo stands alone.",
        "--undo --image qemu:1, --undo stands alone.",
        "--fix s390x --image, --image needs the name of an image that has QEMU in it.",
        "--image --fix s390x, --image needs the name of an image that has QEMU in it.",
        "--image qemu:1 s390x, --image needs --fix: nothing else takes an emulator from it.",
        "--force, There is no option --force."
    })
    void refuses_what_makes_no_sense(String line, String message) {
        List<String> arguments = List.of(line.split(" ", -1));

        assertThatThrownBy(() -> CommandLine.parse(arguments))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void its_help_fits_in_80_columns() {
        assertThat(CommandLine.HELP.lines()).allMatch(line -> line.length() <= 80);
    }
}
