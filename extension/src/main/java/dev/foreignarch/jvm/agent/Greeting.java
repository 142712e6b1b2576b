package dev.foreignarch.jvm.agent;

import dev.foreignarch.jvm.wire.Event;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What this JVM says of itself when it is there. */
final class Greeting {

    private static final List<String> PROPERTIES =
            List.of("os.arch", "java.version", "java.vendor", "java.vm.name", "java.vm.info");

    private Greeting() {}

    static Event.Hello hello() {
        Map<String, String> facts = new TreeMap<>();
        PROPERTIES.forEach(name -> facts.put(name, System.getProperty(name, "")));
        facts.put(Event.Hello.LISTED_FILES, String.valueOf(listedFiles()));
        return new Event.Hello(Event.VERSION, facts);
    }

    /**
     * A libc with 32-bit offsets can't read the directories of some file systems, and the JDK takes the error for the
     * end. Tests would then fail in ways that no real machine shows.
     */
    private static int listedFiles() {
        try {
            Path directory = Files.createTempDirectory("foreignarch");
            for (String name : List.of("one", "two", "three")) {
                Files.createFile(directory.resolve(name));
            }
            String[] names = directory.toFile().list();
            for (String name : List.of("one", "two", "three")) {
                Files.delete(directory.resolve(name));
            }
            Files.delete(directory);
            return names == null ? 0 : names.length;
        } catch (IOException noTemporaryFiles) {
            System.err.println("No files can be made in " + new File(System.getProperty("java.io.tmpdir", "/tmp"))
                    + ": " + noTemporaryFiles);
            return 0;
        }
    }
}
