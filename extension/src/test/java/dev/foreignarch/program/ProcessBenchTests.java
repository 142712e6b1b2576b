package dev.foreignarch.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foreignarch.arch.Architecture;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProcessBenchTests {

    @Test
    void aFileIsToldFromADirectory() {
        try (ProcessBench bench = new ProcessBench(Architecture.of(System.getProperty("os.arch")))) {
            String directory = bench.newDirectory("test");
            bench.write(Map.of(directory + "/a/b/file", new byte[] {1}));

            assertThat(bench.read(directory + "/a/b/file")).containsOnlyKeys("file");
            assertThat(bench.read(directory + "/a")).containsOnlyKeys("a/b/file");
            assertThat(bench.read(directory + "/c")).isEmpty();
        }
    }
}
