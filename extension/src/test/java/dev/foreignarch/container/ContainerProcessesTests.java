package dev.foreignarch.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContainerProcessesTests {

    @Test
    void areReadFromTheLastColumn() {
        assertThat(of("PID PPID COMMAND", "1|0|sleep 100", "6|1|sleep 101").commands())
                .containsExactly("sleep 100", "sleep 101");
        assertThat(of("UID PID PPID C STIME TTY TIME CMD", "root|1|0|0|16:39|?|00:00:00|sh -c  x")
                        .commands())
                .containsExactly("sh -c  x");
    }

    @Test
    void areReadFromACommandThatIsSpreadOverFields() {
        assertThat(of("PID PPID ARGS", "1|0|sleep|100").commands()).containsExactly("sleep 100");
    }

    @Test
    void areNotReadFromWhatAnEngineDidNotTakeApart() {
        ContainerProcesses shown = ContainerProcesses.of(
                new String[] {"PID   USER     COMMAND"}, new String[][] {{"1 root     sleep 100"}});

        assertThat(shown).isEqualTo(new ContainerProcesses(List.of(), "the engine does not show its processes"));
    }

    private static ContainerProcesses of(String titles, String... processes) {
        return ContainerProcesses.of(
                titles.split(" "),
                Arrays.stream(processes).map(line -> line.split("\\|")).toArray(String[][]::new));
    }
}
