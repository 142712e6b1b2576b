package dev.foreignarch.jvm.agent;

import dev.foreignarch.jvm.wire.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What this JVM says of itself when it is there. */
final class Greeting {

    private static final List<String> PROPERTIES =
            List.of("os.arch", "java.version", "java.vendor", "java.vm.name", "java.vm.info", "java.io.tmpdir");

    private static final List<String> FILES = List.of("one", "two", "three");

    private Greeting() {}

    static Event.Hello hello() {
        Map<String, String> facts = new TreeMap<>();
        PROPERTIES.forEach(name -> facts.put(name, System.getProperty(name, "")));
        try {
            facts.put(Event.Hello.LISTED_FILES, String.valueOf(listedFiles()));
        } catch (IOException noTemporaryFiles) {
            facts.put(Event.Hello.NO_FILES, noTemporaryFiles.toString());
        }
        return new Event.Hello(Event.VERSION, facts);
    }

    /**
     * A libc with 32-bit offsets can't read the directories of some file systems, and the JDK takes the error for the
     * end. Tests would then fail in ways that no real machine shows.
     */
    private static int listedFiles() throws IOException {
        // Not a random name: random numbers take an emulated JVM a sixth of a second.
        Path directory = Files.createDirectory(Path.of(
                System.getProperty("java.io.tmpdir"),
                "foreignarch-" + ProcessHandle.current().pid() + "-" + System.nanoTime()));
        for (String name : FILES) {
            Files.createFile(directory.resolve(name));
        }
        String[] names = directory.toFile().list();
        for (String name : FILES) {
            Files.delete(directory.resolve(name));
        }
        Files.delete(directory);
        return names == null ? 0 : names.length;
    }
}
