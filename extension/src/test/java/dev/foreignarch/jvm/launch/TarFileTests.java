package dev.foreignarch.jvm.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarFileTests {

    @TempDir
    private Path directory;

    @Test
    void whatLinksLeadToIsPacked() throws IOException {
        Path data = Files.createDirectories(directory.resolve("data"));
        Files.writeString(data.resolve("file"), "content");
        Path tree = Files.createDirectory(directory.resolve("tree"));
        Files.createSymbolicLink(tree.resolve("directory"), data);
        Files.createSymbolicLink(tree.resolve("file"), data.resolve("file"));
        Files.createSymbolicLink(tree.resolve("nowhere"), data.resolve("nothing"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), tree);

        assertThat(names(tree)).containsExactly("place/", "place/directory/", "place/directory/file", "place/file");
        assertThat(names(link)).isEqualTo(names(tree));
    }

    @Test
    void aLinkToItsOwnDirectoryIsRefused() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("self"), directory);

        assertThatThrownBy(() -> names(directory))
                .hasMessage("can't pack files for a container")
                .rootCause()
                .hasMessage(link.toString());
    }

    private static List<String> names(Path tree) throws IOException {
        List<String> names = new ArrayList<>();
        try (TarFile file = TarFile.of(writer -> writer.tree(tree, "/place"));
                TarArchiveInputStream tar = new TarArchiveInputStream(file.open())) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        return names;
    }
}
