package dev.foreignarch.jvm.launch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A class path, and the places that its parts get in a container: jars by their content, so that they can stay there
 * for the next run; directories by their number.
 *
 * @param jars the jars
 * @param directories the directories
 * @param entries all places, in the order of the class path
 */
record CarriedClassPath(List<Carried> jars, List<Carried> directories, List<String> entries) {

    /** Directory of the jars. */
    static final String JARS = "/foreignarch/jars";

    /** Directory of everything that is copied anew for each JVM. */
    static final String CLASSES = "/foreignarch/classes";

    /**
     * A file or directory that is copied.
     *
     * @param local where it is
     * @param place where it will be
     */
    record Carried(Path local, String place) {}

    CarriedClassPath {
        jars = List.copyOf(jars);
        directories = List.copyOf(directories);
        entries = List.copyOf(entries);
    }

    static CarriedClassPath of(TestClassPath classPath) {
        List<Carried> jars = new ArrayList<>();
        List<Carried> directories = new ArrayList<>();
        List<String> entries = new ArrayList<>();
        for (Path entry : classPath.entries()) {
            Carried carried;
            if (Files.isDirectory(entry)) {
                carried = new Carried(entry, CLASSES + "/" + directories.size());
                directories.add(carried);
            } else {
                carried = new Carried(entry, JARS + "/" + hash(entry) + "/" + entry.getFileName());
                jars.add(carried);
            }
            entries.add(carried.place());
        }
        return new CarriedClassPath(jars, directories, entries);
    }

    private static String hash(Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(content, digest).transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("can't read " + file + " of the class path", unreadable);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
