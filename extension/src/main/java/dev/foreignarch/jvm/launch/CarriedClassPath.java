package dev.foreignarch.jvm.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

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

    /** How the files of JUnit and of ForeignArch are called by whatever build tool brings them. */
    private static final List<String> PLATFORM = List.of("foreignarch-", "junit-", "opentest4j-", "apiguardian-");

    private static final List<String> NEEDED = List.of("foreignarch-", "junit-platform-launcher-");

    /**
     * A file or directory that is copied.
     *
     * @param local where it is
     * @param place where it will be
     */
    record Carried(Path local, String place) {

        /** Return the SHA-256 of a jar, in hexadecimal digits. */
        String digest() {
            int begin = JARS.length() + 1;
            return place.substring(begin, place.indexOf('/', begin));
        }
    }

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

    /** Return the places of the jars of JUnit and of ForeignArch; none if not all that is needed is in jars. */
    List<String> platform() {
        List<String> found =
                entries.stream().filter(CarriedClassPath::isOfPlatform).toList();
        return NEEDED.stream()
                        .allMatch(name ->
                                found.stream().anyMatch(place -> name(place).startsWith(name)))
                ? found
                : List.of();
    }

    /** Return the same with JUnit and ForeignArch before everything else. */
    CarriedClassPath platformFirst() {
        List<String> places = new ArrayList<>(platform());
        entries.stream().filter(place -> !places.contains(place)).forEach(places::add);
        return new CarriedClassPath(jars, directories, places);
    }

    private static boolean isOfPlatform(String place) {
        return place.startsWith(JARS) && PLATFORM.stream().anyMatch(name(place)::startsWith);
    }

    private static String name(String place) {
        return place.substring(place.lastIndexOf('/') + 1);
    }

    /** Return a name for a text that no other text has. */
    static String hash(String text) {
        return HexFormat.of().formatHex(sha256().digest(text.getBytes(UTF_8)), 0, 16);
    }

    private static String hash(Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            MessageDigest digest = sha256();
            new DigestInputStream(content, digest).transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException unreadable) {
            throw new UncheckedIOException("can't read " + file + " of the class path", unreadable);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
