package dev.foreignarch.jvm.launch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JvmCommandLineTests {

    @TempDir
    private Path directory;

    @Test
    void javaReadsEachArgumentAsItWas() throws Exception {
        String value = "one\ntwo\rthree\tfour\ffive \\six \"seven\" 'eight' #nine";
        Path arguments = Files.writeString(
                directory.resolve("arguments"),
                JvmCommandLine.file(
                        List.of("-cp", System.getProperty("java.class.path"), Echo.class.getName(), value)));

        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "@" + arguments)
                .redirectErrorStream(true)
                .start();

        assertThat(new String(java.getInputStream().readAllBytes(), UTF_8)).isEqualTo(value);
    }

    /** Prints its argument. */
    static final class Echo {
        private Echo() {}

        /** Run as the other JVM. */
        public static void main(String[] arguments) {
            System.out.print(arguments[0]);
        }
    }
}
