package dev.foreignarch.program;

import dev.foreignarch.arch.Architecture;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The path of a program, in which placeholders stand for the names of an architecture. */
final class ProgramPath {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");

    private ProgramPath() {}

    /**
     * Fill the placeholders in.
     *
     * @throws ProgramFileException if a placeholder is unknown, or the result is no path
     */
    static Path of(String path, Architecture architecture) {
        Map<String, String> names = names(architecture);
        StringBuilder filled = new StringBuilder();
        Matcher placeholder = PLACEHOLDER.matcher(path);
        while (placeholder.find()) {
            String name = names.get(placeholder.group(1));
            if (name == null) {
                throw new ProgramFileException("The path " + path + " has the placeholder " + placeholder.group()
                        + ", which stands for nothing. Write one of {"
                        + String.join("}, {", names.keySet()) + "}.");
            }
            placeholder.appendReplacement(filled, Matcher.quoteReplacement(name));
        }
        placeholder.appendTail(filled);
        try {
            return Path.of(filled.toString());
        } catch (InvalidPathException invalid) {
            throw new ProgramFileException("'" + filled + "' is no path of a file: " + invalid.getReason() + ".");
        }
    }

    private static Map<String, String> names(Architecture architecture) {
        return new TreeMap<>(Map.of(
                "docker", architecture.dockerName(),
                "debian", architecture.debianName(),
                "platform", architecture.platform().toString(),
                "qemu", architecture.qemuTarget()));
    }
}
