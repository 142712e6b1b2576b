package dev.foreignarch.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.engine.EngineException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A program is closed on an engine that does not kill it. */
class ClosedProgramTests {

    private final DefiantBench bench = new DefiantBench();

    @Test
    void allRunsAreClosedAndTheirInputEnds() throws Exception {
        Program program = new Program(
                Architecture.S390X,
                new ProgramFile(Path.of("greet"), new byte[0]),
                new Launch(bench, Optional.empty(), false, Optional.empty(), "a fake"),
                ProgramSettings.DEFAULT,
                Optional.empty());
        program.call().start();
        program.call().start();

        assertThatThrownBy(program::close)
                .isInstanceOf(EngineException.class)
                .hasMessage("no kill")
                .satisfies(failure -> assertThat(failure.getSuppressed())
                        .singleElement()
                        .asString()
                        .endsWith(": no kill"));

        assertThat(bench.inputs).hasSize(2);
        for (InputStream input : bench.inputs) {
            assertThat(input.read()).isEqualTo(-1);
        }
        program.close();
    }

    /** Starts everything, and kills nothing. */
    private static final class DefiantBench implements Bench {
        private final List<InputStream> inputs = new ArrayList<>();

        @Override
        public String runner() {
            return "/runner";
        }

        @Override
        public String install(String name, byte[] content) {
            return "/" + name;
        }

        @Override
        public String newDirectory(String purpose) {
            return "/work";
        }

        @Override
        public void write(Map<String, byte[]> files) {
            // Nobody reads them.
        }

        @Override
        public Map<String, byte[]> read(String path) {
            return Map.of();
        }

        @Override
        public Connection start(
                List<String> command,
                Map<String, String> environment,
                @Nullable InputStream stdin,
                OutputStream stdout,
                OutputStream stderr) {
            if (command.get(1).equals("signal")) {
                throw new EngineException("no kill", null);
            }
            if (stdin != null) {
                inputs.add(stdin);
            }
            try {
                stderr.write((command.get(2) + " started 7\n").getBytes(UTF_8));
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
            return limit -> true;
        }

        @Override
        public void close() {
            // Nothing is kept.
        }
    }
}
