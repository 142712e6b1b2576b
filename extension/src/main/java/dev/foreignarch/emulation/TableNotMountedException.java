package dev.foreignarch.emulation;

import dev.foreignarch.engine.EngineException;
import java.io.Serial;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Thrown when a privileged container runs, and still can't mount the kernel's table. */
final class TableNotMountedException extends EngineException {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final Pattern HELPERS_WORDS = Pattern.compile("mount (\\d{1,6})\\s*");

    private final int errno;

    private TableNotMountedException(int errno, Throwable cause) {
        super("a privileged container can't mount binfmt_misc: " + Errno.describe(errno), cause);
        this.errno = errno;
    }

    /** Understand the end of the container that should hold the table, if the mount was the reason. */
    static Optional<TableNotMountedException> of(EngineException end) {
        Matcher words = HELPERS_WORDS.matcher(String.valueOf(end.getMessage()));
        return words.matches()
                ? Optional.of(new TableNotMountedException(Integer.parseInt(words.group(1)), end))
                : Optional.empty();
    }

    /** Return the kernel's error number. */
    int errno() {
        return errno;
    }
}
