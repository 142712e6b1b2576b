package dev.foreignarch.engine;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;
import static org.apiguardian.api.API.Status.INTERNAL;

import com.github.dockerjava.api.exception.DockerException;
import java.io.Serial;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when an engine can't be reached, or refuses what ForeignArch asks for.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public class EngineException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Podman's answers have a cause, too, which is but the last words of the message. */
    private static final List<Pattern> ANSWERS = List.of(member("message"), member("cause"));

    private static final Pattern ESCAPED = Pattern.compile("\\\\(?:u(\\p{XDigit}{4})|(.))");

    /**
     * Make an exception with the engine's own words.
     *
     * @param message what was tried, and what came of it
     * @param cause the engine's answer, if there was one
     */
    public EngineException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /**
     * Return the message for an engine that does not pass on what a container of ours prints.
     *
     * @param limit how long it was given
     * @return what is wrong, and what to do
     */
    @API(status = INTERNAL, since = "0.1")
    public static String notAttached(Duration limit) {
        return "the engine did not attach us to a container within " + limit.toSeconds()
                + " s. It hangs, or has too much to do: see whether 'docker ps' answers, and restart the engine if it"
                + " doesn't";
    }

    /**
     * Return what the engine said, without the wrapping of the HTTP API.
     *
     * @param exception an answer of the engine
     * @return its message
     */
    public static String words(Throwable exception) {
        String text = exception.getMessage() == null
                ? exception.toString()
                : exception.getMessage().strip();
        return exception instanceof DockerException
                ? ANSWERS.stream()
                        .map(answer -> answer.matcher(text))
                        .filter(Matcher::find)
                        .map(found -> unescaped(found.group(1)))
                        .filter(words -> !words.isBlank())
                        .findFirst()
                        .orElse(text)
                : text;
    }

    private static Pattern member(String name) {
        return Pattern.compile("\"" + name + "\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");
    }

    private static String unescaped(String json) {
        return ESCAPED.matcher(json)
                .replaceAll(escaped -> Matcher.quoteReplacement(
                        escaped.group(1) == null ? character(escaped.group(2)) : fromHex(escaped.group(1))))
                .strip();
    }

    private static String fromHex(String digits) {
        return String.valueOf((char) Integer.parseInt(digits, 16));
    }

    private static String character(String escaped) {
        return switch (escaped) {
            case "n" -> "\n";
            case "r" -> "\r";
            case "t" -> "\t";
            case "b", "f" -> "";
            default -> escaped;
        };
    }
}
