package dev.foreignarch.arch;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apiguardian.api.API;

/** Placeholders for the names of an architecture, such as {@code {docker}}. */
@API(status = INTERNAL, since = "0.1")
public final class Placeholders {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");

    private Placeholders() {}

    /**
     * Fill the placeholders of a text in.
     *
     * @param text the text
     * @param architecture the architecture whose names are wanted
     * @return the text without placeholders
     * @throws IllegalArgumentException if a placeholder is unknown. The message goes on after what the text is.
     */
    public static String fill(String text, Architecture architecture) {
        Map<String, String> names = names(architecture);
        StringBuilder filled = new StringBuilder();
        Matcher placeholder = PLACEHOLDER.matcher(text);
        while (placeholder.find()) {
            String name = names.get(placeholder.group(1));
            if (name == null) {
                throw new IllegalArgumentException("has the placeholder " + placeholder.group()
                        + ", which stands for nothing. Write one of {" + String.join("}, {", names.keySet()) + "}.");
            }
            placeholder.appendReplacement(filled, Matcher.quoteReplacement(name));
        }
        return placeholder.appendTail(filled).toString();
    }

    private static Map<String, String> names(Architecture architecture) {
        return new TreeMap<>(Map.of(
                "docker", architecture.dockerName(),
                "debian", architecture.debianName(),
                "platform", architecture.platform().toString(),
                "qemu", architecture.qemuTarget()));
    }
}
