package dev.foreignarch.emulation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.foreignarch.arch.ElfIdentity;
import dev.foreignarch.engine.EngineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The kernel's table of handlers, as the engine's host shows it under {@value #PATH}.
 *
 * @param state whether there is a table to look at
 * @param enabled whether the kernel uses the table at all
 * @param handlers the entries
 * @param namespaced whether containers live in a user namespace, which may have another table than the one that is shown,
 *     or borrow that of a machine around it
 */
record HandlerTable(State state, boolean enabled, List<Handler> handlers, boolean namespaced) {

    /** Where a host mounts the table. */
    static final String PATH = "/proc/sys/fs/binfmt_misc";

    /** Name of the file that switches the whole table. */
    static final String STATUS = "status";

    /** Whether a host shows its table. */
    enum State {
        /** The table is mounted. */
        MOUNTED,
        /** The kernel has binfmt_misc, but the host has not mounted it. */
        UNMOUNTED,
        /** The kernel was built without binfmt_misc, or its module is not loaded. */
        MISSING
    }

    /** Make a table that can't be looked at. */
    static HandlerTable unseen(State state) {
        return unseen(state, false);
    }

    private static HandlerTable unseen(State state, boolean namespaced) {
        return new HandlerTable(state, true, List.of(), namespaced);
    }

    /** Return the entry of a name. */
    Optional<Handler> named(String name) {
        return handlers.stream().filter(handler -> handler.name().equals(name)).findFirst();
    }

    /** Return the entries for programs of an identity, whether they are enabled or not. */
    List<Handler> matching(ElfIdentity identity) {
        return handlers.stream().filter(handler -> handler.matches(identity)).toList();
    }

    /**
     * Return the entry that the kernel uses for programs of an identity: of several it is the one that was registered
     * last, and that is the one that the kernel lists first.
     */
    Optional<Handler> effective(ElfIdentity identity) {
        return matching(identity).stream().filter(Handler::enabled).findFirst();
    }

    /**
     * Read what the helper's verb {@code table} prints.
     *
     * @throws EngineException if it has printed something else
     */
    static HandlerTable parse(byte[] output) {
        Reader reader = new Reader(output);
        String first = reader.line();
        boolean namespaced = first.equals("namespace");
        switch (namespaced ? reader.line() : first) {
            case "mounted" -> {}
            case "unmounted" -> {
                return unseen(State.UNMOUNTED, namespaced);
            }
            case "missing" -> {
                return unseen(State.MISSING, namespaced);
            }
            default ->
                throw new EngineException(
                        "the helper that reads the table printed '" + new String(output, UTF_8) + "'", null);
        }
        boolean enabled = true;
        List<Handler> handlers = new ArrayList<>();
        while (reader.hasMore()) {
            String[] lengths = reader.line().split(" ", -1);
            String name = reader.text(Integer.parseInt(lengths[1]));
            String content = reader.text(Integer.parseInt(lengths[2]));
            if (name.equals(STATUS)) {
                enabled = content.strip().equals("enabled");
            } else {
                handlers.add(Handler.parse(name, content));
            }
        }
        return new HandlerTable(State.MOUNTED, enabled, List.copyOf(handlers), namespaced);
    }

    /** Reads lines, and texts of known length that end in a line feed. */
    private static final class Reader {
        private final String all;
        private int position;

        Reader(byte[] bytes) {
            all = new String(bytes, ISO_8859_1);
        }

        boolean hasMore() {
            return position < all.length();
        }

        String line() {
            int end = all.indexOf('\n', position);
            String line = all.substring(position, end < 0 ? all.length() : end);
            position += line.length() + 1;
            return line;
        }

        String text(int length) {
            String text = all.substring(position, position + length);
            position += length + 1;
            return text;
        }
    }
}
