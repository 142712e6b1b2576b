package dev.foreignarch.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * This JVM as one that Surefire or Failsafe started.
 *
 * @param folder the folder for files that Surefire's process and its JVMs exchange. Each call of Surefire makes it anew,
 *     and removes it with all that is in it
 */
record SurefireFork(Path folder) {

    private static final Pattern COMMAND = Pattern.compile(
            "(?:.*surefirebooter[^/\\\\]*\\.jar|org\\.apache\\.maven\\.surefire\\.booter\\.ForkedBooter)"
                    + " (.+) \\S+-jvmRun\\d+ \\S+(?: \\S+)?");

    private static final String FILE = "foreignarch-run";
    private static final int ATTEMPTS = 100;

    static Optional<SurefireFork> here() {
        return of(System.getProperty("sun.java.command", ""));
    }

    static Optional<SurefireFork> of(String command) {
        Matcher matcher = COMMAND.matcher(command);
        return matcher.matches() ? Optional.of(new SurefireFork(Path.of(matcher.group(1)))) : Optional.empty();
    }

    /**
     * Return what all JVMs of this call of Surefire have in common, and no others: the name that the first of them has
     * left in the folder.
     *
     * @param mine the name to leave, and to go by where the folder is none
     */
    String mark(String mine) {
        Path file = folder.resolve(FILE);
        try {
            Files.writeString(file, mine + "\n", UTF_8, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            return mine;
        } catch (FileAlreadyExistsException byAnother) {
            return read(file).orElse(mine);
        } catch (IOException noFolder) {
            return mine;
        }
    }

    /** Another JVM may have made the file, and not have written it yet. */
    private static Optional<String> read(Path file) {
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                String text = Files.readString(file, UTF_8);
                if (text.endsWith("\n")) {
                    return Optional.of(text.strip());
                }
                Thread.sleep(10);
            }
        } catch (IOException unreadable) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }
}
