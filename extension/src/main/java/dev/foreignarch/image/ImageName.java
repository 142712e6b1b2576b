package dev.foreignarch.image;

import static org.apiguardian.api.API.Status.INTERNAL;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.arch.Placeholders;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.testcontainers.utility.DockerImageName;

/**
 * The name of an image as the user writes it, in which placeholders stand for the names of an architecture. Engines tell
 * of a wrong one late, and in their own words.
 *
 * @see <a href="https://github.com/distribution/reference/blob/main/reference.go">The grammar of names</a>
 */
@API(status = INTERNAL, since = "0.1")
public final class ImageName {

    private static final String REGISTRY = "(?:[A-Za-z0-9][A-Za-z0-9.-]*|\\[[0-9A-Fa-f:]+])(?::\\d+)?";
    private static final String PART = "[a-z0-9]+(?:(?:\\.|_{1,2}|-+)[a-z0-9]+)*";
    private static final String TAG = "\\w[\\w.-]{0,127}";
    private static final String DIGEST = "[A-Za-z][A-Za-z0-9+._-]*:[0-9A-Fa-f]{32,}";
    private static final Pattern NAME = Pattern.compile(
            "(?:" + REGISTRY + "/)?" + PART + "(?:/" + PART + ")*(?::" + TAG + ")?(?:@" + DIGEST + ")?");

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{?");
    private static final Pattern SCHEME = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]*://");

    private ImageName() {}

    /**
     * Read a name.
     *
     * @param written the name as the user wrote it
     * @param architecture the architecture whose names the placeholders stand for
     * @return the name of the image for this architecture
     * @throws PlatformImageException if it is no name of an image
     */
    public static DockerImageName of(String written, Architecture architecture) {
        if (REFERENCE.matcher(written).find()) {
            throw refusal(
                    written,
                    "it holds a $, and such references are resolved in @ForeignContainer(\"…\") only. Put the value"
                            + " there: \"…:\" + System.getProperty(\"…\")");
        }
        String name;
        try {
            name = Placeholders.fill(written, architecture);
        } catch (IllegalArgumentException unknown) {
            throw new PlatformImageException("The image " + written + " " + unknown.getMessage(), null);
        }
        if (!NAME.matcher(name).matches()) {
            throw refusal(name, fault(name));
        }
        return DockerImageName.parse(name);
    }

    private static PlatformImageException refusal(String name, String fault) {
        return new PlatformImageException("'" + name + "' is no name of an image: " + fault + ".", null);
    }

    private static String fault(String name) {
        if (name.isBlank()) {
            return "it is blank. Write one, for example 'redis:7'";
        }
        if (SCHEME.matcher(name).find()) {
            return "it is the address of a page" + instead(SCHEME.matcher(name).replaceFirst(""));
        }
        if (name.chars().anyMatch(Character::isWhitespace)) {
            return "it holds a blank" + instead(name.replaceAll("\\s+", ""));
        }
        if (!name.equals(lowerCase(name)) && NAME.matcher(lowerCase(name)).matches()) {
            return "only a tag may have capital letters" + instead(lowerCase(name));
        }
        if (name.endsWith(":") || name.endsWith("@")) {
            return "nothing follows its last '" + name.charAt(name.length() - 1) + "'"
                    + instead(name.substring(0, name.length() - 1));
        }
        return "names look like 'redis:7' or 'registry.example.com:5000/team/app:1.0', and a tag has letters, digits,"
                + " '_', '.' and '-', at most 128 of them";
    }

    private static String instead(String name) {
        return Stream.of(name, lowerCase(name))
                .filter(candidate -> NAME.matcher(candidate).matches())
                .findFirst()
                .map(candidate -> ". Write '" + candidate + "'")
                .orElse(". Write one such as 'redis:7' or 'registry.example.com:5000/team/app:1.0'");
    }

    /** Return the name with small letters before the tag. */
    private static String lowerCase(String name) {
        int colon = name.lastIndexOf(':');
        int end = Optional.of(colon).filter(at -> at > name.lastIndexOf('/')).orElse(name.length());
        return name.substring(0, end).toLowerCase(Locale.ROOT) + name.substring(end);
    }
}
