package dev.foreignarch.container;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.HostConfig;
import dev.foreignarch.arch.Architecture;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known to start with programs of its architecture. An image that is named by its ID never changes, so what is
 * found in it counts for every later container that starts in the same way.
 */
final class CheckedStarts {

    private static final int MOST = 1_000;

    /** Everything that decides which files of the image are read. */
    private record Way(
            String image,
            Architecture architecture,
            List<String> entrypoint,
            List<String> command,
            Optional<String> directory,
            Optional<String> path) {}

    private final Map<Way, Boolean> right = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Way, Boolean> eldest) {
            return size() > MOST;
        }
    };

    /** Return the note of a container that is about to be created of an image's ID; not of one that mounts other files. */
    Optional<Note> noteOf(CreateContainerCmd create, Architecture architecture) {
        return mounts(create.getHostConfig())
                ? Optional.empty()
                : Optional.of(new Note(new Way(
                        Objects.requireNonNull(create.getImage()),
                        architecture,
                        list(create.getEntrypoint()),
                        list(create.getCmd()),
                        Optional.ofNullable(create.getWorkingDir()),
                        list(create.getEnv()).stream()
                                .filter(variable -> variable.startsWith("PATH="))
                                .findFirst())));
    }

    /** Remembers of one way of starting an image that it is right. */
    final class Note {

        private final Way way;

        private Note(Way way) {
            this.way = way;
        }

        boolean isRight() {
            synchronized (right) {
                return right.containsKey(way);
            }
        }

        void right() {
            synchronized (right) {
                right.put(way, true);
            }
        }
    }

    private static boolean mounts(@Nullable HostConfig host) {
        return host != null
                && ((host.getBinds() != null && host.getBinds().length > 0)
                        || (host.getMounts() != null && !host.getMounts().isEmpty())
                        || (host.getVolumesFrom() != null && host.getVolumesFrom().length > 0));
    }

    private static List<String> list(String @Nullable [] words) {
        return words == null ? List.of() : Arrays.asList(words);
    }
}
