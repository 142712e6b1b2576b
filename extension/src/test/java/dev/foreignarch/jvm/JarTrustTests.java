package dev.foreignarch.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.foreignarch.jupiter.ForeignArch;
import dev.foreignarch.jupiter.ForeignJvm;
import java.io.File;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The tests of one build can't change the jars that another one loads. */
@Tag("engine")
class JarTrustTests {

    @Test
    void aTestInAForeignJvmCanOnlyReadTheJars() {
        assertThat(ForeignRun.of(VandalTestCase.class).outcomes())
                .containsExactly(entry("addsOne()", "SUCCESSFUL"), entry("replacesOne()", "SUCCESSFUL"));
    }

    @ForeignArch("amd64")
    @ForeignJvm
    static class VandalTestCase {

        private static Path jar() {
            // The permissions of files are not what forbids it.
            assertThat(System.getProperty("user.name")).isEqualTo("root");
            return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                    .filter(entry -> entry.startsWith("/foreignarch/jars/"))
                    .map(Path::of)
                    .findFirst()
                    .orElseThrow();
        }

        @Test
        void replacesOne() {
            assertThatThrownBy(() -> Files.delete(jar()))
                    .isInstanceOf(FileSystemException.class)
                    .hasMessageEndingWith(": Read-only file system");
            assertThatThrownBy(() -> Files.writeString(jar(), "mine"))
                    .isInstanceOf(FileSystemException.class)
                    .hasMessageEndingWith(": Read-only file system");
        }

        @Test
        void addsOne() {
            assertThatThrownBy(() -> Files.writeString(Path.of("/foreignarch/jars/mine.jar"), "mine"))
                    .isInstanceOf(FileSystemException.class)
                    .hasMessageEndingWith(": Read-only file system");
        }
    }
}
