package dev.foreignarch.jvm.launch;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A temporary tar archive, in the form in which engines take files. It is deleted when it is closed. */
final class TarFile implements AutoCloseable {

    private static final int READABLE = 0644;
    private static final int EXECUTABLE = 0755;
    private static final int SHARED = 01777;

    private final Path file;

    private TarFile(Path file) {
        this.file = file;
    }

    /** Puts entries into an archive. */
    interface Content {
        void writeTo(Writer writer) throws IOException;
    }

    static TarFile of(Content content) {
        try {
            TarFile tar = new TarFile(Files.createTempFile("foreignarch", ".tar"));
            boolean written = false;
            try (TarArchiveOutputStream out =
                    new TarArchiveOutputStream(new BufferedOutputStream(Files.newOutputStream(tar.file)), "UTF-8")) {
                out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
                out.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
                out.setAddPaxHeadersForNonAsciiNames(true);
                content.writeTo(new Writer(out));
                written = true;
            } finally {
                if (!written) {
                    tar.close();
                }
            }
            return tar;
        } catch (IOException failure) {
            throw new UncheckedIOException("can't pack files for a container", failure);
        }
    }

    InputStream open() {
        try {
            return new BufferedInputStream(Files.newInputStream(file));
        } catch (IOException failure) {
            throw new UncheckedIOException("can't read what was packed for a container", failure);
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException stays) {
            throw new UncheckedIOException("can't delete " + file, stays);
        }
    }

    /** Writes entries. */
    record Writer(TarArchiveOutputStream out) {

        void file(String place, byte[] content) throws IOException {
            TarArchiveEntry entry = entry(place, READABLE);
            entry.setSize(content.length);
            out.putArchiveEntry(entry);
            out.write(content);
            out.closeArchiveEntry();
        }

        /** Write a file as if it were always of the same date: an archive of its classes goes by that. */
        void datelessFile(Path local, String place) throws IOException {
            TarArchiveEntry entry = entry(place, READABLE);
            entry.setModTime(0);
            entry.setSize(Files.size(local));
            out.putArchiveEntry(entry);
            Files.copy(local, out);
            out.closeArchiveEntry();
        }

        /** Write a directory that everybody may write to. */
        void sharedDirectory(String place) throws IOException {
            out.putArchiveEntry(entry(place + "/", SHARED));
            out.closeArchiveEntry();
        }

        void directory(String place) throws IOException {
            out.putArchiveEntry(entry(place + "/", EXECUTABLE));
            out.closeArchiveEntry();
        }

        /** Write a file, or a directory with all that is in it. What links lead to is written in their place. */
        void tree(Path local, String place) throws IOException {
            List<Path> all;
            try (Stream<Path> files = Files.walk(local, FileVisitOption.FOLLOW_LINKS)) {
                all = files.sorted().toList();
            } catch (UncheckedIOException failure) {
                throw new IOException("can't read all of " + local + ": " + failure.getCause(), failure);
            }
            for (Path path : all) {
                String name = local.equals(path)
                        ? place
                        : place + "/" + local.relativize(path).toString().replace('\\', '/');
                if (Files.isDirectory(path)) {
                    directory(name);
                } else if (Files.isRegularFile(path)) {
                    TarArchiveEntry entry = entry(name, Files.isExecutable(path) ? EXECUTABLE : READABLE);
                    entry.setSize(Files.size(path));
                    out.putArchiveEntry(entry);
                    Files.copy(path, out);
                    out.closeArchiveEntry();
                }
            }
        }

        private static TarArchiveEntry entry(String place, int mode) {
            TarArchiveEntry entry = new TarArchiveEntry(place.substring(1));
            entry.setMode(mode);
            return entry;
        }
    }
}
