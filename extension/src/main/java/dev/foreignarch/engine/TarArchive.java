package dev.foreignarch.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Writes a few files in the form in which engines take them. */
final class TarArchive {

    private static final int EXECUTABLE = 0755;

    private TarArchive() {}

    /**
     * Write files.
     *
     * @param files content of each by its absolute path; all are executable, and a path that ends in a slash is a
     *     directory
     * @param directoryMode access to the directories, in the digits of chmod(1)
     * @param modified when they count as written, in milliseconds since 1970
     */
    static byte[] of(Map<String, byte[]> files, int directoryMode, long modified) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey().substring(1));
                entry.setMode(entry.isDirectory() ? directoryMode : EXECUTABLE);
                entry.setModTime(modified);
                entry.setUserName("root");
                if (!entry.isDirectory()) {
                    entry.setSize(file.getValue().length);
                }
                tar.putArchiveEntry(entry);
                if (!entry.isDirectory()) {
                    tar.write(file.getValue());
                }
                tar.closeArchiveEntry();
            }
        } catch (IOException exception) {
            throw new UncheckedIOException("writing to memory failed", exception);
        }
        return bytes.toByteArray();
    }
}
