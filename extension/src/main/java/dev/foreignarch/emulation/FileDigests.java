package dev.foreignarch.emulation;

import static org.apiguardian.api.API.Status.INTERNAL;

import dev.foreignarch.engine.ContainerOutcome;
import dev.foreignarch.engine.EngineException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;

/** The SHA-256 of files on an engine, which a container of ours works out there: they don't travel. */
@API(status = INTERNAL, since = "0.1")
public final class FileDigests {

    private FileDigests() {}

    /**
     * Return the command of a container of {@link Emulation#helperImage()}.
     *
     * @param files absolute paths, at least one
     */
    public static List<String> command(List<String> files) {
        List<String> command = new ArrayList<>(List.of(HelperImage.HELPER, "digest"));
        command.addAll(files);
        return command;
    }

    /**
     * Read what that command prints.
     *
     * @param outcome what it has left
     * @param files the same paths
     * @return the digest of each file in hexadecimal digits; none for a file that can't be read
     * @throws EngineException if it left something else
     */
    public static Map<String, Optional<String>> parse(ContainerOutcome outcome, List<String> files) {
        Map<String, Optional<String>> digests = new HashMap<>();
        outcome.text().lines().forEach(line -> {
            String[] words = line.split(" ", 3);
            if (words.length == 3) {
                digests.put(words[2], words[0].equals("digest") ? Optional.of(words[1]) : Optional.empty());
            }
        });
        if (!digests.keySet().containsAll(files)) {
            throw new EngineException(
                    "the container that reads files ended with exit code " + outcome.exitCode() + ": "
                            + (outcome.text() + outcome.errorText()).strip(),
                    null);
        }
        return digests;
    }
}
