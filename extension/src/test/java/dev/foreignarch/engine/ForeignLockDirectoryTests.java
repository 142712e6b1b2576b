package dev.foreignarch.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A directory for locks that another user has made before. Needs root, as the tests of engines do. */
@Tag("engine")
class ForeignLockDirectoryTests {

    @Test
    void isNotUsedAndNobodyWaits(@TempDir Path temporary) throws IOException {
        Path directory = Files.createDirectory(temporary.resolve("locks"));
        Path lock = directory.resolve(Integer.toHexString("foreign-lock:1".hashCode()) + ".lock");
        Files.setOwner(
                directory,
                directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));

        assertThatThrownBy(() -> PrivateDirectory.at(directory))
                .isInstanceOf(IOException.class)
                .hasMessage(directory + " belongs to nobody, not to "
                        + Files.getOwner(temporary).getName() + ", and is not used for locks");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            assertThat(held.isValid()).isTrue();
            assertThat(NameLock.holding("foreign-lock:1", directory, Duration.ofSeconds(5), () -> "unlocked"))
                    .isEqualTo("unlocked");
        }
    }
}
